import { isObject } from "../json.ts";
import type { JsonObject } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";

const minSize = "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size";
const maxSize = "cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size";

/**
 * What Cluster API's defaulting webhooks fill in (gitops-reference §3.6, §10.1). The values belong to no field
 * manager that applied them, as on a real cluster; changes `object` in place.
 */
export function applyWebhookDefaults(object: KubeObject, live: KubeObject | undefined): void {
  const group = object.apiVersion.split("/", 1)[0];
  if (group === "cluster.x-k8s.io") core[object.kind]?.(object, live);
  if (group === "controlplane.cluster.x-k8s.io" && object.kind === "KubeadmControlPlane") {
    const spec = specOf(object);
    if (!spec) return;
    spec["replicas"] ??= 1;
    withLeadingV(spec, "version");
  }
}

function specOf(object: KubeObject | undefined): JsonObject | undefined {
  const spec = object?.["spec"];
  return isObject(spec) ? spec : undefined;
}

/** `1.34.5` becomes `v1.34.5`. */
function withLeadingV(holder: JsonObject, field: string): void {
  const version = holder[field];
  if (typeof version === "string" && version !== "" && !version.startsWith("v"))
    holder[field] = `v${version}`;
}

function numberIn(object: KubeObject, annotation: string): number | undefined {
  const text = object.metadata.annotations?.[annotation];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/**
 * Replicas nobody set: 1, or with the autoscaler's annotations what is there, kept within the bounds
 * (Cluster API, calculateMachineDeploymentReplicas).
 */
function replicasOf(object: KubeObject, live: KubeObject | undefined): number {
  const min = numberIn(object, minSize);
  const max = numberIn(object, maxSize);
  const current = specOf(live)?.["replicas"];
  if (min === undefined || max === undefined) return 1;
  if (typeof current !== "number") return min;
  return Math.min(Math.max(current, min), max);
}

function pool(object: KubeObject, live: KubeObject | undefined): void {
  const spec = specOf(object);
  if (!spec) return;
  spec["replicas"] ??= replicasOf(object, live);
  const template = spec["template"];
  const machine = isObject(template) ? template["spec"] : undefined;
  if (isObject(machine)) withLeadingV(machine, "version");
  if (object.kind === "MachinePool" && isObject(machine)) machine["clusterName"] ??= spec["clusterName"];
  const name = spec["clusterName"];
  if (typeof name === "string") {
    object.metadata.labels = { ...object.metadata.labels, "cluster.x-k8s.io/cluster-name": name };
  }
}

const core: Record<string, (object: KubeObject, live: KubeObject | undefined) => void> = {
  MachineDeployment: pool,
  MachinePool: pool,
  MachineSet: pool,
  Machine(object) {
    const spec = specOf(object);
    if (spec) withLeadingV(spec, "version");
  },
  Cluster(object) {
    const topology = specOf(object)?.["topology"];
    if (isObject(topology)) withLeadingV(topology, "version");
  },
};
