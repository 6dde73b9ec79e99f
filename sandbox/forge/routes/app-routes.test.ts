import { generateKeyPairSync } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commitFiles, openChange, refusal, startTestForge, target, testSeed } from "../testing/test-forge.ts";
import type { TestForge } from "../testing/test-forge.ts";

describe("the GitHub App", () => {
  let test: TestForge;
  const seed = testSeed();
  beforeAll(async () => {
    test = await startTestForge(seed);
  });
  afterAll(() => test.stop());

  it("finds its installation with a JWT and gets a long token with dots for an hour", async () => {
    const { id: appId, privateKey, installationId } = seed.app;
    const app = new Octokit({
      baseUrl: test.forge.api,
      authStrategy: createAppAuth,
      auth: { appId, privateKey },
    });
    expect((await app.apps.getAuthenticated()).data?.slug).toBe("fleetwright");
    expect((await app.apps.getRepoInstallation(target)).data.id).toBe(installationId);
    const { data } = await app.apps.createInstallationAccessToken({ installation_id: installationId });
    expect(data.token.length).toBeGreaterThan(500);
    expect(data.token.split(".")).toHaveLength(3);
    expect(Date.parse(data.expires_at) - Date.now()).toBeGreaterThan(3_500_000);
    expect((await test.withToken(data.token).repos.get(target)).data.full_name).toBe("acme/fleet");
  });

  it("refuses a JWT of another key", async () => {
    const foreign = testSeed().app;
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const { token } = await createAppAuth({ appId: foreign.id, privateKey })({ type: "app" });
    expect(await refusal(test.withToken(token).apps.getAuthenticated())).toEqual({
      status: 401,
      message: "A JSON web token could not be decoded",
    });
  });

  it("cannot do what it was not granted", async () => {
    const change = test.asApp().repos.deleteBranchProtection({ ...target, branch: "main" });
    expect(await refusal(change)).toEqual({ status: 403, message: "Resource not accessible by integration" });
    expect(await refusal(test.asApp().users.getAuthenticated())).toMatchObject({ status: 403 });
  });

  it("opens a pull request as its bot and writes checks, which people cannot", async () => {
    const app = test.asApp();
    const number = await openChange(app, "by-app", { "app.yaml": "a: 1\n" });
    const { data: pull } = await app.pulls.get({ ...target, pull_number: number });
    expect(pull.user).toMatchObject({ login: "fleetwright[bot]", type: "Bot" });
    const check = { ...target, name: "fleetwright/build", head_sha: pull.head.sha };
    const { data: run } = await app.checks.create({ ...check, status: "in_progress" });
    const done = { ...target, check_run_id: run.id, conclusion: "success" as const };
    const output = { title: "Built", summary: "All paths build." };
    expect((await app.checks.update({ ...done, output })).data).toMatchObject({ status: "completed" });
    const { data: list } = await test.as("vera").checks.listForRef({ ...target, ref: pull.head.sha });
    expect(list.check_runs.map((one) => [one.name, one.conclusion])).toEqual([
      ["fleetwright/build", "success"],
    ]);
    expect(await refusal(test.as("oscar").checks.create(check))).toMatchObject({ status: 403 });
  });

  it("checks and statuses are apart", async () => {
    const sha = await commitFiles(test.as("rita"), "statuses", { "s.yaml": "s: 1\n" });
    await test.asApp().checks.create({ ...target, name: "build", head_sha: sha, conclusion: "success" });
    const combined = () => test.as("vera").repos.getCombinedStatusForRef({ ...target, ref: sha });
    expect((await combined()).data).toMatchObject({ state: "pending", total_count: 0 });
    await test.as("rita").repos.createCommitStatus({ ...target, sha, state: "success", context: "ci" });
    expect((await combined()).data).toMatchObject({ state: "success", total_count: 1 });
  });
});
