import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { canBeReconciled } from "../domain/flux/flux-kinds.ts";
import { kindsOf } from "../domain/kinds.ts";

const rule = z.object({
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  resourceNames: z.array(z.string()).optional(),
  verbs: z.array(z.string()),
});
const object = z.looseObject({
  kind: z.string(),
  metadata: z.object({ name: z.string() }),
  rules: z.array(rule).default([]),
});
type Rule = z.infer<typeof rule>;

const text = (file: string): string =>
  readFileSync(resolve(import.meta.dirname, "../../deploy/rbac", file), "utf8");
const demo = (file: string): string =>
  readFileSync(resolve(import.meta.dirname, "../../sandbox/fleet/repository", file), "utf8");
const rbacObjects = (yaml: string): unknown[] =>
  [...parseAllDocuments(yaml)]
    .map((document) => document.toJS() as unknown)
    .filter((one) => /^(ServiceAccount|(Cluster)?Role(Binding)?|Validating.*)$/.test(object.parse(one).kind));
const rulesOf = (file: string, role?: string): Rule[] =>
  [...parseAllDocuments(text(file))]
    .map((document) => object.parse(document.toJS()))
    .filter(({ metadata }) => role === undefined || metadata.name === role)
    .flatMap(({ rules }) => rules);

const policy = z.object({
  spec: z.object({
    matchConstraints: z.object({ resourceRules: z.array(z.object({ apiGroups: z.array(z.string()) })) }),
  }),
});

/** The groups whose objects the file's admission policy guards. */
const policyGroups = (file: string): string[] =>
  [...parseAllDocuments(text(file))]
    .map((document) => document.toJS() as unknown)
    .filter((one) => object.parse(one).kind === "ValidatingAdmissionPolicy")
    .flatMap((one) =>
      policy.parse(one).spec.matchConstraints.resourceRules.flatMap(({ apiGroups }) => apiGroups),
    );

/** `group/resource` of every pair a list of rules speaks of. */
const pairs = (rules: Rule[]): string[] =>
  rules.flatMap(({ apiGroups, resources }) =>
    apiGroups.flatMap((group) => resources.map((resource) => `${group}/${resource}`)),
  );

test.each([
  ["management.yaml", "management"],
  ["workload.yaml", "workload"],
] as const)("%s allows reading exactly the kinds the engine watches there", (file, home) => {
  const rules = rulesOf(file, "fleetwright-read");
  const events = rules.filter(({ resources }) => resources.includes("events"));
  const watched = rules.filter((one) => !events.includes(one));
  expect(pairs(watched).sort()).toEqual(
    kindsOf(home)
      .map(({ group, plural }) => `${group}/${plural}`)
      .sort(),
  );
  for (const { verbs } of watched) expect(verbs).toEqual(["get", "list", "watch"]);
  // Events are many: they are asked for when somebody looks, never watched.
  expect(events).toEqual([{ apiGroups: [""], resources: ["events"], verbs: ["list"] }]);
});

test.each(["management.yaml", "workload.yaml"])(
  "%s allows patching only kinds that Flux reconciles on demand, and only behind the admission policy",
  (file) => {
    const flux = kindsOf("management").filter(
      ({ reader, kind }) => reader === "flux" && canBeReconciled(kind),
    );
    const rules = rulesOf(file, "fleetwright-reconcile");
    for (const { verbs } of rules) expect(verbs).toEqual(["patch"]);
    expect(pairs(rules).sort()).toEqual(flux.map(({ group, plural }) => `${group}/${plural}`).sort());
    expect(text(file)).toContain("kind: ValidatingAdmissionPolicyBinding");
    for (const group of new Set(rules.flatMap(({ apiGroups }) => apiGroups))) {
      expect(policyGroups(file)).toContain(group);
    }
  },
);

test("no rule has a wildcard, creates, deletes, or gives Secrets but one kubeconfig by name", () => {
  const files = ["management.yaml", "workload.yaml", "cluster-access.yaml"];
  for (const one of files.flatMap((file) => rulesOf(file))) {
    expect([...one.apiGroups, ...one.resources, ...one.verbs]).not.toContain("*");
    expect(one.verbs.filter((verb) => !["get", "list", "watch", "patch"].includes(verb))).toEqual([]);
    if (!one.resources.includes("secrets")) continue;
    expect(one).toEqual({
      apiGroups: [""],
      resources: ["secrets"],
      resourceNames: ["${CLUSTER_NAME}-kubeconfig"],
      verbs: ["get"],
    });
  }
});

test.each([
  ["management.yaml", "clusters/management/platform/portal-rbac.yaml"],
  ["workload.yaml", "infrastructure/flux/portal-access.yaml"],
])("the demo's fleet gives the portal what %s says, no more and no less", (file, fleetFile) => {
  expect(rbacObjects(demo(fleetFile))).toEqual(rbacObjects(text(file)));
});

test.each(["aks-small", "aks-standard", "dev"])(
  "a cluster of template %s gives its kubeconfig by name only",
  (name) => {
    const wanted = rbacObjects(text("cluster-access.yaml").replaceAll("${CLUSTER_NAME}", "${name}"));
    const given = rbacObjects(demo(`templates/${name}/fleet.yaml`));
    expect(given).toEqual(wanted);
  },
);
