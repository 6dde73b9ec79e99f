import { describe, expect, it } from "vitest";
import { checkPolicy, type PolicyInput } from "./policy-check.ts";
import { fixtureConfig, fixtureFacts, fixtureNow, knownCluster } from "./testing/fleet-fixture.ts";

const input = (more: Partial<PolicyInput>): PolicyInput => ({
  config: fixtureConfig(),
  problems: [],
  changed: [],
  others: [],
  namespaces: [],
  now: fixtureNow,
  ...more,
});

const added = (more = {}): PolicyInput["changed"][number] => ({
  name: "dev-payments-2",
  base: null,
  head: fixtureFacts(more),
  hasHeadFile: true,
});

const failed = (more: Partial<PolicyInput>): string[] =>
  checkPolicy(input(more)).flatMap(({ ok, sentence }) => (ok ? [] : [sentence]));

describe("fleetwright/policy", () => {
  it("passes a cluster that keeps every rule", () => {
    const parts = checkPolicy(input({ changed: [added()] }));
    expect(parts.map(({ label, ok }) => [label, ok])).toEqual([
      ["Settings", true],
      ["Name", true],
      ["No overlap", true],
      ["Offered", true],
      ["Policy", true],
    ]);
  });

  it("catches two pull requests that want one name", () => {
    expect(failed({ changed: [added()], others: [knownCluster("dev-payments-2", { request: 9 })] })).toEqual([
      "dev-payments-2: dev-payments-2 is asked for in #9.",
    ]);
  });

  it("judges only what the change touches", () => {
    const base = fixtureFacts({ kubernetesVersion: "v1.30.0", expiresAt: "2027-12-01T00:00:00Z" });
    expect(
      failed({ changed: [{ name: base.name, base, head: { ...base, owner: "x" }, hasHeadFile: true }] }),
    ).toEqual([]);
    const head = { ...base, desiredVersion: "v1.31.0" };
    expect(failed({ changed: [{ name: base.name, base, head, hasHeadFile: true }] })).toEqual([
      "dev-payments-2: v1.31.0: Not offered in westeurope as of 2026-11-01: v1.34.5, v1.33.9 are.",
    ]);
  });

  it("compares the clusters of one pull request with each other", () => {
    const subnet = { nodeSubnetId: "/x", nodeCidr: "10.9.0.0/24" };
    const other = { ...added({ ...subnet, name: "dev-payments-3" }), name: "dev-payments-3" };
    expect(failed({ changed: [added(subnet), other] })).toHaveLength(2);
  });

  it("names file and line, and refuses what it cannot read", () => {
    const wrong = checkPolicy(input({ changed: [{ ...added(), name: "dev-other-1" }] })).find(
      ({ ok }) => !ok,
    );
    expect(wrong).toMatchObject({ file: "clusters/dev-payments-2/cluster.yaml", line: 2 });
    expect(wrong?.sentence).toContain("must be named dev-other-1");
    expect(failed({ changed: [{ name: "x", base: null, head: null, hasHeadFile: true }] })).toEqual([
      "clusters/x/cluster.yaml holds no readable Cluster object",
    ]);
  });

  it("fails on settings that cannot be used, and on an unknown or full team", () => {
    const problems = [
      { file: "fleet.yaml", line: 3, at: "access", message: "is odd", severity: "error" as const },
    ];
    expect(failed({ config: null, problems })).toEqual(["fleet.yaml:3 access: is odd"]);
    expect(failed({ changed: [added({ team: "ghosts" })] })[0]).toMatch(/team ghosts is not in fleet.yaml/);
    const full = ["a", "b"].map((name) => knownCluster(name, { expiresAt: "2026-12-01T00:00:00Z" }));
    expect(failed({ changed: [added()], others: full })[0]).toMatch(/payments has 2 of 2/);
  });
});
