import { control, startTestForge, testSeed } from "../../sandbox/forge/testing/test-forge.ts";
import { githubAsApp } from "./github/github-as-app.ts";
import { githubAsPerson } from "./github/github-as-person.ts";
import { LimitGates } from "./github/limit-gates.ts";
import type { ContractWorld } from "./testing/contract-world.ts";
import { describeForgeContract } from "./testing/forge-contract.ts";

const patience = { retries: 2, firstDelayMs: 5 };

describeForgeContract("GitHub's REST API", async (): Promise<ContractWorld> => {
  const seed = testSeed();
  const test = await startTestForge(seed);
  const { id: appId, privateKey } = seed.app;
  const place = { apiUrl: test.forge.api, fullName: "acme/fleet" };
  let gates = new LimitGates();
  const withToken = (token: string, more = {}) =>
    githubAsPerson({ ...place, token, gates, patience: { ...patience, ...more } });
  return {
    as: (person, more) => withToken(`ghp_${person}`, more),
    asApp: () =>
      githubAsApp({ ...place, identity: { appId, privateKey }, pace: "interactive", patience }).forge,
    withToken,
    grant: async (login, scopes) => {
      await control(test.forge, "PUT", "scopes", { login, scopes });
    },
    rename: async (name) => {
      await control(test.forge, "PUT", "repository", { name });
    },
    fault: async (fault) => {
      await control(test.forge, "POST", "faults", fault);
    },
    clearFaults: async () => {
      await control(test.forge, "DELETE", "faults");
      gates = new LimitGates();
    },
    requests: async () => {
      const seen = (await control(test.forge, "GET", "requests")) as { method: string; url: string }[];
      return seen.map(({ method, url }) => `${method} ${url}`);
    },
    forget: async () => {
      await control(test.forge, "DELETE", "requests");
    },
    stop: () => test.stop(),
  };
});
