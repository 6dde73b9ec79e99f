import type { Unstructured } from "../runtime/objects.ts";

/** Kinds that others need first. Source: cli-utils' ordering, as fluxcd/pkg/ssa uses it. */
const FIRST = [
  ...["CustomResourceDefinition", "Namespace", "ResourceQuota", "StorageClass", "ServiceAccount"],
  ...["PodSecurityPolicy", "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ConfigMap", "Secret"],
  ...[
    "Service",
    "LimitRange",
    "PriorityClass",
    "Deployment",
    "StatefulSet",
    "CronJob",
    "PodDisruptionBudget",
  ],
];
const LAST = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];
const DEFINITIONS = new Set(["CustomResourceDefinition", "Namespace", "ClusterRole"]);

/** What ordering looks at. */
export interface Ordered {
  group: string;
  kind: string;
  namespace: string;
  name: string;
}

/** Order of applying; deletion goes the other way round. */
export function compareResources(a: Ordered, b: Ordered): number {
  return (
    rank(a.kind) - rank(b.kind) ||
    compare(a.group, b.group) ||
    compare(a.kind, b.kind) ||
    compare(a.namespace, b.namespace) ||
    compare(a.name, b.name)
  );
}

/** An object's place in the order. */
export function orderedOf(object: Unstructured): Ordered {
  const { namespace = "", name } = object.metadata;
  const group = object.apiVersion.includes("/") ? (object.apiVersion.split("/")[0] ?? "") : "";
  return { group, kind: object.kind, namespace, name };
}

/** The stages objects are applied in: definitions, classes, the rest; each in order, none empty. */
export function stagesOf(objects: readonly Unstructured[]): Unstructured[][] {
  const stages: [Unstructured[], Unstructured[], Unstructured[]] = [[], [], []];
  const sorted = [...objects].sort((a, b) => compareResources(orderedOf(a), orderedOf(b)));
  for (const object of sorted) {
    if (DEFINITIONS.has(object.kind)) stages[0].push(object);
    else if (object.kind.endsWith("Class")) stages[1].push(object);
    else stages[2].push(object);
  }
  return stages.filter((stage) => stage.length > 0);
}

/** `Kind/namespace/name`, as Flux names objects in texts. */
export function subjectOf(object: { kind: string; namespace?: string; name: string }): string {
  const { kind, namespace = "", name } = object;
  return namespace === "" ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}

function rank(kind: string): number {
  const first = FIRST.indexOf(kind);
  if (first >= 0) return first - FIRST.length;
  return LAST.includes(kind) ? 1 : 0;
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
