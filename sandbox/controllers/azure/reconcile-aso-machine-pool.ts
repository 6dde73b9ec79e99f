import { REPLICAS_MANAGED_BY_ANNOTATION, capi } from "../capi/kinds.ts";
import { isPaused } from "../capi/paused.ts";
import { numberAt, recordAt } from "../capi/read.ts";
import { parseKey } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { providerIds } from "./provider-ids.ts";
import { isAutoscaled, withAgentPoolDefaults } from "./aso-defaults.ts";
import { applyResources, deleteResources, resourcesOf } from "./aso-resources.ts";
import type { AsoResource } from "./aso-resources.ts";
import { clusterOfObject, controllerOf } from "./azure.ts";
import type { Azure } from "./azure.ts";

const FINALIZER = "cluster.cluster.x-k8s.io";

/** CAPZ's part for an AzureASOManagedMachinePool: the agent pool, its machines' ids and their number. */
export async function reconcileAsoMachinePool(azure: Azure, key: string): Promise<undefined> {
  const { namespace, name } = parseKey(key);
  const { management } = azure;
  const object = management.get(capi.asoMachinePool, name, namespace);
  if (object === undefined) return;
  const cluster = clusterOfObject(azure, object);
  if (isPaused(cluster, object)) return;
  if (object.metadata.deletionTimestamp !== undefined) {
    await remove(azure, object, cluster);
    return;
  }
  const machinePool = controllerOf(azure, object);
  if (cluster === undefined || machinePool === undefined) return;
  if (numberAt(machinePool, "spec", "replicas") === undefined) return;
  await management.ensureMetadata(capi.asoMachinePool, object, { finalizer: FINALIZER });
  const resources = resourcesOf(object).map((resource) =>
    resource.kind === capi.agentPool
      ? withAgentPoolDefaults(resource, {
          machinePool,
          stored: management.get(resource.kind, resource.name, namespace),
        })
      : resource,
  );
  const pool = resources.find((each) => each.kind === capi.agentPool);
  if (pool !== undefined) await markAutoscaling(azure, machinePool, pool);
  const { statuses, ready } = await applyResources(management, object, resources);
  await write(azure, object, machinePool, { statuses, ready, pool });
}

async function write(
  azure: Azure,
  object: Unstructured,
  machinePool: Unstructured,
  made: { statuses: Record<string, unknown>[]; ready: boolean; pool: AsoResource | undefined },
): Promise<void> {
  const { management } = azure;
  const agentPool = made.pool && management.get(capi.agentPool, made.pool.name, object.metadata.namespace);
  const status: Record<string, unknown> = {
    ...recordAt(object, "status"),
    ready: false,
    resources: made.statuses,
  };
  const count = numberAt(agentPool, "status", "count");
  if (made.ready && agentPool !== undefined && count !== undefined) {
    const providerIDList = providerIds(management, agentPool, count);
    const spec = { ...recordAt(object, "spec"), providerIDList };
    await management.writeObject(capi.asoMachinePool, object, { ...object, spec });
    status.replicas = count;
    status.ready = true;
    const isManaged = machinePool.metadata.annotations?.[REPLICAS_MANAGED_BY_ANNOTATION] !== undefined;
    if (isManaged && numberAt(machinePool, "spec", "replicas") !== count) {
      const patch = { spec: { replicas: count } };
      await management.client.patch(
        capi.machinePool,
        machinePool.metadata.name,
        machinePool.metadata.namespace,
        patch,
      );
    }
  }
  await management.writeStatus(capi.asoMachinePool, object, status);
}

/** Tells others that AKS owns the number of replicas, or no longer does. */
export async function markAutoscaling(
  { management }: Azure,
  machinePool: Unstructured,
  pool: AsoResource,
): Promise<void> {
  const { annotations = {}, name, namespace } = machinePool.metadata;
  const marked = annotations[REPLICAS_MANAGED_BY_ANNOTATION];
  if (isAutoscaled(pool) === (marked === "aks") || (marked !== undefined && marked !== "aks")) return;
  const value = isAutoscaled(pool) ? "aks" : null;
  const patch = { metadata: { annotations: { [REPLICAS_MANAGED_BY_ANNOTATION]: value } } };
  await management.client.patch(capi.machinePool, name, namespace, patch);
}

async function remove(
  { management }: Azure,
  object: Unstructured,
  cluster: Unstructured | undefined,
): Promise<void> {
  const left = await deleteResources(management, object, resourcesOf(object));
  const isAlone = cluster !== undefined && cluster.metadata.deletionTimestamp === undefined;
  const status = { ...recordAt(object, "status"), ready: false, resources: left };
  await management.writeStatus(capi.asoMachinePool, object, status);
  // With the whole cluster going, the pool goes with the ManagedCluster.
  if (!isAlone || left.length === 0) await management.removeFinalizer(capi.asoMachinePool, object, FINALIZER);
}
