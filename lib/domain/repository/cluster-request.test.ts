import { describe, expect, it } from "vitest";
import type { KnownCluster } from "./cluster-facts.ts";
import { validateClusterRequest, type RequestVerdict } from "./cluster-request.ts";
import { fixtureConfig, fixtureNow, fixturePrices, knownCluster } from "./testing/fleet-fixture.ts";
import { fixtureTemplate, goodParameters } from "./testing/template-fixture.ts";

const template = fixtureTemplate();
const subnet = "/subscriptions/x/subnets/y";

function judge(
  more: Record<string, unknown> = {},
  clusters: KnownCluster[] = [],
  actor: { login: string; roles: ("requester" | "platform-engineer")[]; teams: string[] } = {
    login: "lena.k",
    roles: ["requester"],
    teams: ["payments"],
  },
): RequestVerdict {
  return validateClusterRequest({
    parameters: { ...goodParameters, ...more },
    template,
    config: fixtureConfig(),
    prices: fixturePrices,
    existing: { clusters: [knownCluster("dev-payments-1"), ...clusters], namespaces: ["monitoring"] },
    actor,
    now: fixtureNow,
  });
}

describe("a good request", () => {
  it("has no error, only checks that hold, and a cost", () => {
    const verdict = judge();
    expect(verdict.errors).toEqual({});
    expect(verdict.checks.map(({ label, ok }) => [label, ok])).toEqual([
      ["Complete", true],
      ["Name", true],
      ["Offered", true],
      ["No overlap", true],
      ["Pools", true],
      ["Policy", true],
    ]);
    expect(verdict.checks[2]?.sentence).toBe(
      "fleet.yaml offers v1.34.5, Standard_D4s_v5 in westeurope, as of 2026-11-01",
    );
    expect(verdict.cost).toMatchObject({ known: true, month: { min: 365, max: 949 } });
    expect(verdict.parameters).toMatchObject({ podCidr: "10.244.0.0/16", pools: [{ mode: "System" }] });
  });
});

describe("a check", () => {
  it.each([
    [{}, []],
    [{ team: "" }, ["Policy"]],
    [{ name: "" }, ["Name"]],
    [{ region: "" }, ["Offered"]],
    [{ team: "", name: "", region: "" }, ["Name", "Offered", "Policy"]],
  ])("of a form with %j says what it lacks, never nothing", (more, wanting) => {
    const checks = judge(more).checks.filter(({ label }) => label !== "Complete");
    expect(checks.filter(({ ok }) => !ok).map(({ label }) => label)).toEqual(wanting);
    for (const { sentence } of checks) expect(sentence).toMatch(/^\S.* \S/);
    expect(checks.at(-1)?.sentence).toMatch("team" in more ? /^Choose the team/ : /^ephemeral/);
  });
});

describe("a name", () => {
  it.each([
    ["dev-payments-1", /^dev-payments-1 exists\. Free: dev-payments-2, dev-payments-3\.$/],
    ["monitoring", /is a namespace of the management cluster/],
    ["default", /is reserved/],
    ["management", /is reserved/],
    ["kube-x", /is reserved/],
    ["flux-system", /is reserved/],
    ["fleet-a", /is reserved/],
    ["capi-system", /is reserved/],
    ["a".repeat(33), /At most 32 characters; this has 33/],
    ["Dev", /Small letters, digits and dashes/],
    ["1dev", /Small letters/],
    ["dev-", /Small letters/],
    ["dev.eu", /Small letters/],
    ["dév", /Small letters/],
    ["../../etc", /Small letters/],
    ["$(reboot)", /Small letters/],
    ["<script>", /Small letters/],
    ["x\nkind: Secret", /Small letters/],
    ["a: b", /Small letters/],
    ["x\u0000", /control character|Small letters/],
    ["", /Fill this in/],
  ])("%j is refused with what is allowed", (name, sentence) => {
    expect(judge({ name }).errors["name"]).toMatch(sentence);
  });

  it("asked for in an open pull request is taken", () => {
    const { errors, suggestions } = judge({}, [knownCluster("dev-payments-2", { request: 12 })]);
    expect(errors["name"]).toMatch(/^dev-payments-2 is asked for in #12\. Free: /);
    expect(suggestions).toEqual(["dev-payments-3", "dev-payments-4"]);
  });
});

describe("a field", () => {
  it.each([
    [{ purpose: "x" }, "purpose", "At least 3 characters."],
    [{ purpose: "x".repeat(201) }, "purpose", "At most 200 characters."],
    [
      { purpose: "bell\u0007" },
      "purpose",
      "Holds a control character; letters, digits and signs are allowed.",
    ],
    [{ environment: "prod" }, "environment", "Must be one of development, production."],
    [{ unknown: 1 }, "unknown", "The template has no such field."],
    [{ pools: [] }, "pools", "At least 1 needed."],
    [
      { pools: [{ name: "Pool_0", size: "Standard_D4s_v5", min: 1, max: 2 }] },
      "pools.0.name",
      "At most 12 small letters and digits.",
    ],
    [{ pools: [{ name: "p", size: "Standard_D4s_v5", min: 0, max: 2 }] }, "pools.0.min", "At least 1."],
    [
      { pools: [{ name: "p", size: "Standard_D4s_v5", min: "2", max: 2 }] },
      "pools.0.min",
      "Must be a whole number.",
    ],
    [
      { pools: [{ name: "p", size: "Standard_D4s_v5", min: 3, max: 2 }] },
      "pools.0.max",
      "At least 3, the fewest nodes.",
    ],
    [
      { pools: [{ name: "p", mode: "User", size: "Standard_D4s_v5", min: 1, max: 2 }] },
      "pools",
      /mode System/,
    ],
    [
      { pools: [1, 2].map(() => ({ name: "p", size: "Standard_D4s_v5", min: 1, max: 2 })) },
      "pools.1.name",
      /used twice/,
    ],
    [{ region: "mars" }, "region", "fleet.yaml does not offer mars; it offers westeurope, eastus."],
    [{ region: "constructor" }, "region", /does not offer/],
    [
      { kubernetesVersion: "v1.28.0" },
      "kubernetesVersion",
      "Not offered in westeurope as of 2026-11-01: v1.34.5, v1.33.9 are.",
    ],
    [{ region: "eastus" }, "kubernetesVersion", "Not offered in eastus: v1.33.9 are."],
    [
      { pools: [{ name: "p", size: "Standard_X", min: 1, max: 2 }] },
      "pools.0.size",
      /^Not offered in westeurope/,
    ],
    [{ team: "search" }, "team", "You may ask for payments."],
    [{ team: "__proto__" }, "team", "You may ask for payments."],
    [{ expiresAt: "soon" }, "expiresAt", "Must be a date and time like 2026-12-08T17:00:00Z."],
    [{ expiresAt: "2026-11-24T11:00:00Z" }, "expiresAt", "Must be in the future, at most until 2026-12-24."],
    [{ expiresAt: "2026-12-25T00:00:00Z" }, "expiresAt", /^At most 30 days for payments: until 2026-12-24/],
    [{ expiresAt: undefined }, "expiresAt", /handed back/],
  ])("%j is refused beside the field", (more, path, sentence) => {
    const verdict = judge(more);
    if (typeof sentence === "string") expect(verdict.errors[path]).toBe(sentence);
    else expect(verdict.errors[path]).toMatch(sentence);
    expect(verdict.checks.some(({ ok }) => !ok)).toBe(true);
  });

  it("may stay open only for a platform engineer", () => {
    const omar = { login: "omar.h", roles: ["platform-engineer" as const], teams: [] };
    expect(judge({ expiresAt: undefined, team: "search" }, [], omar).errors).toEqual({});
  });
});

describe("quota", () => {
  it("counts clusters with an expiry, asked for ones included, of the chosen team only", () => {
    const temporary = (name: string, more = {}): KnownCluster =>
      knownCluster(name, { expiresAt: "2026-12-01T00:00:00Z", ...more });
    expect(judge({}, [temporary("a"), temporary("b", { team: "search" })]).errors).toEqual({});
    expect(judge({}, [temporary("a"), temporary("b", { request: 7 })]).errors["team"]).toMatch(
      /payments has 2 of 2/,
    );
  });
});

describe("ranges", () => {
  it.each([
    [{ podCidr: "10.244.0.0" }, "podCidr", "Must be an IPv4 range like 10.52.0.0/16."],
    [{ podCidr: "10.300.0.0/16" }, "podCidr", "Must be an IPv4 range like 10.52.0.0/16."],
    [{ podCidr: "10.244.1.0/16" }, "podCidr", "Does not start at its network address: write 10.244.0.0/16."],
    [{ podCidr: "10.0.0.0/4" }, "podCidr", "Must have between /8 and /28."],
    [{ podCidr: "172.30.0.0/16" }, "podCidr", "AKS keeps 172.30.0.0/16 for itself."],
    [{ serviceCidr: "10.244.128.0/20", dnsServiceIp: "10.244.128.10" }, "serviceCidr", /own pod range/],
    [{ dnsServiceIp: "10.0.0.10" }, "dnsServiceIp", "Must lie inside the service range 172.16.0.0/16."],
    [{ dnsServiceIp: "172.16.0.1" }, "dnsServiceIp", /first two addresses/],
    [{ nodeSubnetId: subnet, nodeCidr: "172.16.8.0/24" }, "nodeCidr", /own service range/],
    [{ nodeSubnetId: subnet }, "nodeCidr", /Say the subnet's range/],
    [{ nodeCidr: "10.9.0.0/24" }, "nodeCidr", /Only with an existing node subnet/],
  ])("%j are refused", (more, path, sentence) => {
    const found = judge(more).errors[path];
    if (typeof sentence === "string") expect(found).toBe(sentence);
    else expect(found).toMatch(sentence);
  });

  it("of nodes are compared within the network domain, open requests included; overlay pods never", () => {
    const own = { nodeSubnetId: subnet, nodeCidr: "10.9.0.0/24" };
    const near = { nodeCidr: "10.9.0.0/20", region: "uksouth" };
    expect(judge(own, [knownCluster("a", near)]).errors["nodeCidr"]).toBe(
      "Overlaps the node subnet 10.9.0.0/20 of a in network domain corp.",
    );
    expect(judge(own, [knownCluster("a", { ...near, request: 4 })]).errors["nodeCidr"]).toMatch(
      /asked for in #4/,
    );
    expect(judge(own, [knownCluster("a", { ...near, region: "eastus" })]).errors).toEqual({});
    expect(judge(own, [knownCluster("a", { podCidr: "10.9.0.0/16" })]).errors).toEqual({});
    expect(
      judge(own, [knownCluster("a", { podCidr: "10.9.0.0/16", podsOverlay: false })]).errors["nodeCidr"],
    ).toMatch(/pod range/);
  });
});
