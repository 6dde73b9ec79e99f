import { REPLICAS_MANAGED_BY_ANNOTATION } from "../capi/kinds.ts";
import { isTrueAt, listAt, numberAt, recordAt, textAt } from "../capi/read.ts";
import type { Unstructured } from "../runtime/objects.ts";
import type { AsoResource } from "./aso-resources.ts";

/**
 * What CAPZ adds to a ManagedCluster (pkg/mutators/azureasomanagedcontrolplane.go): version, ranges, the pools at
 * creation, and where the kubeconfig goes.
 */
export function withManagedClusterDefaults(
  resource: AsoResource,
  facts: {
    controlPlane: Unstructured;
    cluster: Unstructured;
    stored: Unstructured | undefined;
    pools: readonly AsoResource[];
  },
): AsoResource {
  const { controlPlane, cluster, stored, pools } = facts;
  const version = textAt(controlPlane, "spec", "version")?.replace(/^v/, "");
  const services = listAt(cluster, "spec", "clusterNetwork", "services", "cidrBlocks")[0];
  const pods = listAt(cluster, "spec", "clusterNetwork", "pods", "cidrBlocks")[0];
  const networkProfile = { ...recordAt(resource.spec, "networkProfile") };
  if (typeof services === "string") networkProfile.serviceCidr = services;
  if (typeof pods === "string") networkProfile.podCidr = pods;
  const spec: Record<string, unknown> = { ...resource.spec, networkProfile };
  if (version !== undefined && version !== "") spec.kubernetesVersion = version;
  const profiles = listAt(stored, "spec", "agentPoolProfiles");
  if (profiles.length > 0) spec.agentPoolProfiles = profiles;
  else if (pools.length > 0) spec.agentPoolProfiles = pools.map(profileOf);
  spec.operatorSpec ??= {
    secrets: { adminCredentials: { name: `${cluster.metadata.name}-kubeconfig`, key: "value" } },
  };
  return { ...resource, spec };
}

/** What CAPZ adds to an agent pool (pkg/mutators/azureasomanagedmachinepool.go): version, and the count unless AKS scales. */
export function withAgentPoolDefaults(
  resource: AsoResource,
  facts: { machinePool: Unstructured; stored: Unstructured | undefined },
): AsoResource {
  const { machinePool, stored } = facts;
  const spec: Record<string, unknown> = { ...resource.spec };
  const version = textAt(machinePool, "spec", "template", "spec", "version")?.replace(/^v/, "");
  if (version !== undefined) spec.orchestratorVersion = version;
  const replicas = numberAt(machinePool, "spec", "replicas");
  const scaled =
    isAutoscaled(resource) ||
    machinePool.metadata.annotations?.[REPLICAS_MANAGED_BY_ANNOTATION] !== undefined;
  const seeded = numberAt(stored, "status", "count") !== undefined;
  if (replicas !== undefined && !(scaled && seeded)) spec.count = replicas;
  return { ...resource, spec };
}

/** Whether AKS itself scales the pool. */
export function isAutoscaled(resource: AsoResource): boolean {
  return isTrueAt(resource.spec, "enableAutoScaling");
}

function profileOf({ name, spec }: AsoResource): Record<string, unknown> {
  const profile = Object.entries(spec).filter(([field]) => field !== "owner" && field !== "azureName");
  const { azureName } = spec;
  return { ...Object.fromEntries(profile), name: typeof azureName === "string" ? azureName : name };
}
