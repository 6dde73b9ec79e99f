import { describe, expect, it } from "vitest";
import { requestableTeams, rolesOf, teamsOf } from "./access.ts";
import { approvalsFor, limitsFor, networkDomainOf, parseFleetConfig, type FleetConfig } from "./config.ts";

const text = `version: 1
access:
  roles: {requester: [team-leads], approver: [fleet-approvers], platform-engineer: [platform]}
  teams: {payments: payments-devs, search: search-devs}
approvals: {default: 1, production: 2}
limits: {default: {clusters: 5, maxDays: 30}, payments: {clusters: 8}}
networkDomains: {corp: {regions: [westeurope, uksouth]}}
regions:
  westeurope: {versions: [v1.34.5], sizes: [Standard_D4s_v5], asOf: 2026-11-01}
`;

function config(): FleetConfig {
  const parsed = parseFleetConfig(text);
  if (parsed.config === null) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

describe("fleet.yaml", () => {
  it("gives roles, approvals, limits and network domains", () => {
    expect(parseFleetConfig(text).problems).toEqual([]);
    expect(approvalsFor(config(), "production")).toBe(2);
    expect(approvalsFor(config(), "staging")).toBe(1);
    expect(limitsFor(config(), "payments")).toEqual({ clusters: 8, maxDays: 30 });
    expect(networkDomainOf(config(), "uksouth")).toBe("corp");
    expect(networkDomainOf(config(), "eastus")).toBeNull();
  });

  it("names the line and the key of what is wrong", () => {
    const { config: none, problems } = parseFleetConfig(text.replace("v1.34.5", "1.34"));
    expect(none).toBeNull();
    expect(problems).toMatchObject([{ line: 9, at: "regions.westeurope.versions.0", severity: "error" }]);
    expect(parseFleetConfig("version: 1\naccess: {roles: [}\n").problems[0]).toMatchObject({ line: 2 });
  });

  it("warns of keys it does not know and goes on", () => {
    const { config: usable, problems } = parseFleetConfig(`${text}limts: {}\n`);
    expect(usable).not.toBeNull();
    expect(problems).toMatchObject([{ line: 10, at: "limts", severity: "warning" }]);
  });

  it.each(["", "[]", "null", "version: 2\naccess: {}", "version: 1\naccess: {teams: {a: 1}}"])(
    "%j is unusable, not fatal",
    (bad) => {
      const { config: none, problems } = parseFleetConfig(bad);
      expect(none).toBeNull();
      expect(problems.length).toBeGreaterThan(0);
    },
  );
});

describe("access", () => {
  it("adds roles up by organisation team", () => {
    expect(rolesOf(config(), ["platform", "fleet-approvers"])).toEqual(["approver", "platform-engineer"]);
    expect(rolesOf(config(), ["payments-devs"])).toEqual([]);
    expect(rolesOf(null, ["admins"], "admins")).toEqual(["platform-engineer"]);
    expect(rolesOf(null, [], "")).toEqual([]);
  });

  it("maps organisation teams to labels", () => {
    expect(teamsOf(config(), ["search-devs", "payments-devs", "x"])).toEqual(["payments", "search"]);
  });

  it("lets requesters ask for their own teams, platform engineers for all, others for none", () => {
    expect(requestableTeams(config(), { roles: ["requester"], teams: ["search", "constructor"] })).toEqual([
      "search",
    ]);
    expect(requestableTeams(config(), { roles: ["platform-engineer"], teams: [] })).toEqual([
      "payments",
      "search",
    ]);
    expect(requestableTeams(config(), { roles: ["viewer", "approver"], teams: ["search"] })).toEqual([]);
  });
});
