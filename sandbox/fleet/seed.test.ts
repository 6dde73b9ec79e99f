import { decryptSops } from "sops-age";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseFleetConfig, type FleetConfig } from "../../lib/domain/fleet/config.ts";
import { parsePrices } from "../../lib/domain/fleet/prices.ts";
import { validateClusterRequest } from "../../lib/domain/repository/cluster-request.ts";
import { clusterFile, clusterFiles } from "../../lib/domain/repository/layout.ts";
import { readClusterFiles } from "../../lib/domain/repository/read-cluster.ts";
import { checkPolicy } from "../../lib/domain/repository/policy-check.ts";
import { heldUpgrade } from "./history.ts";
import { managementSeed } from "./management-seed.ts";
import { parametersOf } from "./parameters.ts";
import { planFleet, plannedClusters } from "./plan.ts";
import { templateFrom } from "./render-fleet.ts";
import { seededFleet, type SeededFleet } from "./testing/seeded-fleet.ts";
import { troubledClusters, troubles } from "./troubles.ts";

let fleet: SeededFleet;
let config: FleetConfig;

beforeAll(async () => {
  fleet = await seededFleet();
  const parsed = parseFleetConfig(fleet.files["fleet.yaml"] ?? "");
  expect(parsed.problems).toEqual([]);
  if (parsed.config === null) throw new Error("fleet.yaml cannot be used");
  config = parsed.config;
});
afterAll(() => fleet.close());

const factsOf = (name: string): ReturnType<typeof readClusterFiles> =>
  readClusterFiles({ cluster: fleet.files[clusterFile(name)] });

describe("the planned fleet", () => {
  it("has 50 clusters over 3 environments, 4 regions, 6 teams and 2 minors", () => {
    const values = (key: "environment" | "region" | "team" | "version" | "template"): string[] => [
      ...new Set(plannedClusters.map((cluster) => cluster[key])),
    ];
    expect(plannedClusters).toHaveLength(50);
    expect(values("environment")).toHaveLength(3);
    expect(values("region")).toHaveLength(4);
    expect(values("team")).toHaveLength(6);
    expect(values("version")).toHaveLength(2);
    expect(plannedClusters.filter(({ template }) => template === "dev")).toHaveLength(8);
  });

  it("keeps every trouble when it is made smaller", () => {
    const names = planFleet(12, troubledClusters).map(({ name }) => name);
    expect(names).toHaveLength(12);
    for (const name of troubledClusters) expect(names).toContain(name);
  });

  it("holds clusters anybody could ask for again: no request has an error", () => {
    const { prices, problems } = parsePrices(fleet.files["prices.yaml"] ?? "");
    expect(problems).toEqual([]);
    const known = plannedClusters
      .flatMap(({ name }) => factsOf(name) ?? [])
      .map((facts) => ({ ...facts, request: null }));
    for (const cluster of plannedClusters) {
      const verdict = validateClusterRequest({
        parameters: parametersOf(cluster, fleet.now),
        template: templateFrom(fleet.files, cluster.template),
        config,
        prices,
        existing: {
          clusters: known.filter(({ name }) => name !== cluster.name),
          namespaces: ["flux-system"],
        },
        actor: { login: "omar.h", roles: ["platform-engineer"], teams: ["platform"] },
        now: fleet.now,
      });
      expect([cluster.name, verdict.errors]).toEqual([cluster.name, {}]);
      expect(verdict.cost.known).toBe(cluster.template !== "dev");
    }
  });

  it("passes its own policy, as if all of it came in one pull request", () => {
    const changed = plannedClusters.map(({ name }) => ({
      name,
      base: null,
      head: factsOf(name),
      hasHeadFile: true,
    }));
    const parts = checkPolicy({ config, problems: [], changed, others: [], namespaces: [], now: fleet.now });
    expect(parts.filter(({ ok }) => !ok)).toEqual([]);
  });
});

describe("the seeded repository", () => {
  it("has three files per cluster that read back as planned", () => {
    for (const cluster of plannedClusters) {
      for (const path of clusterFiles(cluster.name)) expect(fleet.files).toHaveProperty([path]);
      expect(factsOf(cluster.name)).toMatchObject({
        name: cluster.name,
        namespace: cluster.name,
        environment: cluster.environment,
        region: cluster.region,
        team: cluster.team,
        owner: cluster.owner,
        desiredVersion: cluster.version,
        provider: cluster.template === "dev" ? "dev" : "aks",
      });
    }
    expect(factsOf(heldUpgrade)?.pools.map(({ version }) => version)).toEqual(["v1.33.9", "v1.33.9"]);
  });

  it("has one commit per change, in order, by people, and none that changes nothing", async () => {
    const log = (await fleet.git("log", "--reverse", "--format=%at %an %s")).trim().split("\n");
    expect(log).toHaveLength(fleet.seed.forge.commits.length);
    const times = log.map((line) => Number(line.split(" ")[0]));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBeLessThan(fleet.now.getTime() / 1000);
    const stats = (await fleet.git("log", "--format=%x00%s", "--shortstat")).split("\0").slice(1);
    for (const stat of stats) expect(stat).toMatch(/\d+ files? changed/);
  });

  it("ends with three commits that reach production", async () => {
    const paths = (await fleet.git("diff", "--name-only", "HEAD~3", "HEAD")).trim().split("\n");
    expect(paths).toEqual([
      "apps/overlays/production/kustomization.yaml",
      "infrastructure/base/ingress-nginx.yaml",
      "policies/overlays/production/quota.yaml",
    ]);
  });

  it("holds this sandbox's addresses and no example's", () => {
    const text = Object.values(fleet.files).join("\n");
    expect(text).not.toMatch(/github\.com\/(acme|myorg)|portal\.example\.com/);
    expect(fleet.files["clusters/prod-eus-1/flux-config.yaml"]).toContain(
      "url: http://127.0.0.1:4100/acme/fleet.git",
    );
  });

  it("carries the workloads' Git credential encrypted as sops does, MAC included", async () => {
    const text = fleet.files["infrastructure/flux/git-auth.sops.yaml"] ?? "";
    expect(text).not.toContain(fleet.secrets.workloadGitToken);
    const secret: unknown = await decryptSops(text, {
      secretKey: fleet.secrets.age.identity,
      fileType: "yaml",
    });
    expect(secret).toMatchObject({
      stringData: { username: "git", password: fleet.secrets.workloadGitToken },
    });
    expect(text).toMatch(/mac: ENC\[AES256_GCM,data:.+,type:str\]/);
  });
});

describe("people and protection", () => {
  it("give every role somebody, and nobody without a team one", () => {
    const roles = Object.fromEntries(fleet.seed.people.map((person) => [person.login, person.roles]));
    expect(roles).toMatchObject({
      "lena.k": ["requester"],
      "nadia.r": ["approver"],
      "omar.h": ["approver", "platform engineer"],
      "vera.s": ["viewer"],
      "sam.o": [],
    });
    expect(fleet.seed.people.find(({ login }) => login === "jonas.w")?.teams).toEqual(["data", "search"]);
  });

  it("pin the required checks to the App and bind administrators too", () => {
    const { protection, app } = fleet.seed.forge;
    expect(protection).toMatchObject({
      enforceAdmins: true,
      requireLastPushApproval: true,
      pushTeams: ["fleet-approvers"],
    });
    expect(protection.requiredChecks).toEqual(
      ["build", "policy", "protect", "approval"].map((name) => ({
        context: `fleetwright/${name}`,
        appId: app.id,
      })),
    );
  });
});

describe("trouble", () => {
  it("befalls clusters of the plan, and a person's patch is never kubectl's", () => {
    const names = plannedClusters.map(({ name }) => name);
    for (const trouble of troubles) {
      expect(names).toContain(trouble.cluster);
      expect(trouble.manager).not.toMatch(/kubectl/);
    }
    const pinned = troubles.find(({ object }) => object.kind === "GitRepository");
    expect(pinned?.patch((count) => `sha-${String(count)}`)).toEqual({ spec: { ref: { commit: "sha-3" } } });
  });
});

describe("the management cluster's seed", () => {
  it("is namespace, CRDs, secrets and the sync objects, in this order", () => {
    const crd = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "x" },
    };
    const places = { forgeUrl: "http://127.0.0.1:4100", portalUrl: "http://127.0.0.1:3000" };
    const objects = managementSeed({ now: fleet.now, ...places, secrets: fleet.secrets, crds: [crd] });
    expect(objects.map(({ kind }) => kind)).toEqual([
      "Namespace",
      "CustomResourceDefinition",
      ...["Secret", "Secret", "Secret", "Secret"],
      "GitRepository",
      "Kustomization",
    ]);
  });
});
