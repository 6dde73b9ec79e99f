import { writtenOldConditions } from "../capi/conditions.ts";
import { REPLICAS_MANAGED_BY_ANNOTATION, capi } from "../capi/kinds.ts";
import { isPaused } from "../capi/paused.ts";
import { listAt, numberAt, recordAt } from "../capi/read.ts";
import { parseKey } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { applyResources, deleteResources } from "./aso-resources.ts";
import type { AsoResource } from "./aso-resources.ts";
import { clusterOfObject, controllerOf } from "./azure.ts";
import type { Azure } from "./azure.ts";
import { serviceCondition, withReady } from "./managed-conditions.ts";
import { machinePoolResource } from "./managed-resources.ts";
import { providerIds } from "./provider-ids.ts";
import { markAutoscaling } from "./reconcile-aso-machine-pool.ts";

const FINALIZER = "azuremanagedmachinepool.infrastructure.cluster.x-k8s.io";

/** CAPZ's part for an AzureManagedMachinePool, with its v1beta1 conditions. */
export async function reconcileAzureMachinePool(azure: Azure, key: string): Promise<undefined> {
  const { namespace, name } = parseKey(key);
  const { management } = azure;
  const object = management.get(capi.azureMachinePool, name, namespace);
  if (object === undefined) return;
  const cluster = clusterOfObject(azure, object);
  if (isPaused(cluster, object)) return;
  const machinePool = controllerOf(azure, object);
  if (cluster === undefined || machinePool === undefined) {
    if (object.metadata.deletionTimestamp !== undefined)
      await management.removeFinalizer(capi.azureMachinePool, object, FINALIZER);
    return;
  }
  const azureName = machinePoolResource(object, machinePool, cluster.metadata.name, undefined).name;
  const stored = management.get(capi.agentPool, azureName, namespace);
  const resource = machinePoolResource(object, machinePool, cluster.metadata.name, stored);
  if (object.metadata.deletionTimestamp !== undefined) {
    const left = await deleteResources(management, object, [resource]);
    const isAlone = cluster.metadata.deletionTimestamp === undefined;
    if (!isAlone || left.length === 0)
      await management.removeFinalizer(capi.azureMachinePool, object, FINALIZER);
    return;
  }
  if (numberAt(machinePool, "spec", "replicas") === undefined) return;
  await management.ensureMetadata(capi.azureMachinePool, object, { finalizer: FINALIZER });
  await markAutoscaling(azure, machinePool, resource);
  const { ready } = await applyResources(management, object, [resource]);
  await write(azure, object, machinePool, resource, ready);
}

async function write(
  { management }: Azure,
  object: Unstructured,
  machinePool: Unstructured,
  resource: AsoResource,
  ready: boolean,
): Promise<void> {
  const agentPool = management.get(capi.agentPool, resource.name, object.metadata.namespace);
  const count = numberAt(agentPool, "status", "count");
  const conditions = withReady([serviceCondition("AgentPoolsReady", "agentpools", agentPool)]);
  const status: Record<string, unknown> = {
    ...recordAt(object, "status"),
    conditions: writtenOldConditions(listAt(object, "status", "conditions"), conditions, new Date()),
    ready,
  };
  if (ready && agentPool !== undefined && count !== undefined) {
    const spec = { ...recordAt(object, "spec"), providerIDList: providerIds(management, agentPool, count) };
    await management.writeObject(capi.azureMachinePool, object, { ...object, spec });
    status.replicas = count;
    const isManaged = machinePool.metadata.annotations?.[REPLICAS_MANAGED_BY_ANNOTATION] !== undefined;
    if (isManaged && numberAt(machinePool, "spec", "replicas") !== count) {
      const { name, namespace } = machinePool.metadata;
      await management.client.patch(capi.machinePool, name, namespace, { spec: { replicas: count } });
    }
  }
  await management.writeStatus(capi.azureMachinePool, object, status);
}
