import { capi } from "../capi/kinds.ts";
import { isPaused } from "../capi/paused.ts";
import { numberAt, recordAt, textAt } from "../capi/read.ts";
import { parseKey } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { withAgentPoolDefaults, withManagedClusterDefaults } from "./aso-defaults.ts";
import { applyResources, deleteResources, resourcesOf } from "./aso-resources.ts";
import type { AsoResource } from "./aso-resources.ts";
import { clusterOfObject, controllerOf } from "./azure.ts";
import type { Azure } from "./azure.ts";
import { endpointOf } from "./endpoint-of.ts";

const FINALIZER = "azureasomanagedcontrolplane.infrastructure.cluster.x-k8s.io";

/** CAPZ's part for an AzureASOManagedControlPlane: the ManagedCluster, its version, endpoint and kubeconfig. */
export async function reconcileAsoControlPlane(azure: Azure, key: string): Promise<undefined> {
  const { namespace, name } = parseKey(key);
  const { management } = azure;
  const object = management.get(capi.asoControlPlane, name, namespace);
  if (object === undefined) return;
  const cluster = clusterOfObject(azure, object);
  if (isPaused(cluster, object)) return;
  const status = recordAt(object, "status");
  if (object.metadata.deletionTimestamp !== undefined) {
    const left = await deleteResources(management, object, resourcesOf(object));
    await management.writeStatus(capi.asoControlPlane, object, { ...status, ready: false, resources: left });
    if (left.length === 0) await management.removeFinalizer(capi.asoControlPlane, object, FINALIZER);
    return;
  }
  if (cluster === undefined) return;
  await management.ensureMetadata(capi.asoControlPlane, object, { finalizer: FINALIZER });
  const pools = poolResources(azure, cluster);
  // AKS makes a cluster only with its pools, so wait until the MachinePools have adopted theirs.
  if (pools === undefined) return;
  const resources = resourcesOf(object).map((resource) =>
    resource.kind === capi.managedCluster
      ? withManagedClusterDefaults(resource, {
          controlPlane: object,
          cluster,
          stored: management.get(resource.kind, resource.name, namespace),
          pools,
        })
      : resource,
  );
  const { statuses, ready } = await applyResources(management, object, resources);
  const next: Record<string, unknown> = { ...status, ready: false, resources: statuses };
  const endpoint = ready ? endpointOf(management, cluster) : undefined;
  if (endpoint !== undefined) {
    const made = resources.find((each) => each.kind === capi.managedCluster);
    const version = textAt(
      made && management.get(made.kind, made.name, namespace),
      "status",
      "currentKubernetesVersion",
    );
    next.controlPlaneEndpoint = endpoint;
    if (version !== undefined) next.version = `v${version}`;
    next.initialized = true;
    next.ready = true;
  }
  await management.writeStatus(capi.asoControlPlane, object, next);
}

/** The agent pools of the cluster's MachinePools; undefined while one has no owner yet. */
function poolResources(azure: Azure, cluster: Unstructured): AsoResource[] | undefined {
  const { management } = azure;
  const { name, namespace = "" } = cluster.metadata;
  const wanted = management.ofCluster(capi.machinePool, namespace, name);
  const pools = management.ofCluster(capi.asoMachinePool, namespace, name);
  if (pools.length < wanted.length) return undefined;
  const all: AsoResource[] = [];
  for (const pool of pools) {
    const machinePool = controllerOf(azure, pool);
    if (machinePool === undefined || numberAt(machinePool, "spec", "replicas") === undefined)
      return undefined;
    for (const resource of resourcesOf(pool))
      if (resource.kind === capi.agentPool)
        all.push(withAgentPoolDefaults(resource, { machinePool, stored: undefined }));
  }
  return all;
}
