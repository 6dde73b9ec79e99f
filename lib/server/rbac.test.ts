import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { kindsOf } from "../domain/kinds.ts";

const rule = z.object({
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  resourceNames: z.array(z.string()).optional(),
  verbs: z.array(z.string()),
});
const object = z.looseObject({ kind: z.string(), rules: z.array(rule).default([]) });
type Rule = z.infer<typeof rule>;

const text = (file: string): string =>
  readFileSync(resolve(import.meta.dirname, "../../deploy/rbac", file), "utf8");
const demo = (file: string): string =>
  readFileSync(resolve(import.meta.dirname, "../../sandbox/fleet/repository", file), "utf8");
const rbacObjects = (yaml: string): unknown[] =>
  [...parseAllDocuments(yaml)]
    .map((document) => document.toJS() as unknown)
    .filter((one) =>
      /^(ServiceAccount|ClusterRole|ClusterRoleBinding|Role|RoleBinding)$/.test(object.parse(one).kind),
    );
const rulesOf = (file: string): Rule[] =>
  [...parseAllDocuments(text(file))].flatMap((document) => object.parse(document.toJS()).rules);

/** `group/resource` of every pair a list of rules speaks of. */
const pairs = (rules: Rule[]): string[] =>
  rules.flatMap(({ apiGroups, resources }) =>
    apiGroups.flatMap((group) => resources.map((resource) => `${group}/${resource}`)),
  );

test.each([
  ["management.yaml", "management"],
  ["workload.yaml", "workload"],
] as const)("%s allows reading exactly the kinds the engine watches there", (file, home) => {
  const rules = rulesOf(file);
  expect(pairs(rules).sort()).toEqual(
    kindsOf(home)
      .map(({ group, plural }) => `${group}/${plural}`)
      .sort(),
  );
  for (const { verbs } of rules) expect(verbs).toEqual(["get", "list", "watch"]);
});

test("no rule has a wildcard, writes, or gives Secrets but one kubeconfig by name", () => {
  const files = ["management.yaml", "workload.yaml", "cluster-access.yaml"];
  for (const one of files.flatMap(rulesOf)) {
    expect([...one.apiGroups, ...one.resources, ...one.verbs]).not.toContain("*");
    expect(one.verbs.filter((verb) => !["get", "list", "watch"].includes(verb))).toEqual([]);
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
