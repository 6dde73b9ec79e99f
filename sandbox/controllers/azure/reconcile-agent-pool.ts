import { capi } from "../capi/kinds.ts";
import { isTrueAt, numberAt, recordAt, textAt } from "../capi/read.ts";
import { hasFault } from "../faults.ts";
import { parseKey } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { agentPoolStep } from "./agent-pool-state.ts";
import type { AgentPoolStep } from "./agent-pool-state.ts";
import { asoConditions, asoDeleting, waitingForOwner } from "./aso-condition.ts";
import { azureNameOf, clusterOfObject, controllerOf } from "./azure.ts";
import type { Azure } from "./azure.ts";
import { ASO_FINALIZER } from "./reconcile-resource-group.ts";

/** Azure Service Operator's and Azure's part for a ManagedClustersAgentPool. */
export async function reconcileAgentPool(
  azure: Azure,
  key: string,
): Promise<{ requeueAfterMs?: number } | undefined> {
  const { namespace, name } = parseKey(key);
  const { management, stopwatch } = azure;
  const object = management.get(capi.agentPool, name, namespace);
  if (object === undefined) {
    stopwatch.clear(`ap/${key}`);
    return undefined;
  }
  const owner = textAt(object, "spec", "owner", "name") ?? "";
  const managedCluster = management.get(capi.managedCluster, owner, namespace);
  if (object.metadata.deletionTimestamp !== undefined) return remove(azure, object, managedCluster, key);
  await management.ensureMetadata(capi.agentPool, object, { finalizer: ASO_FINALIZER });
  const status = recordAt(object, "status");
  if (managedCluster === undefined) {
    const ready = waitingForOwner(owner, "containerservice.azure.com/ManagedCluster");
    const conditions = asoConditions(object, ready, new Date());
    await management.writeStatus(capi.agentPool, object, { ...status, conditions });
    return undefined;
  }
  const infrastructure = controllerOf(azure, object);
  const machinePool = infrastructure && controllerOf(azure, infrastructure);
  const objects = [clusterOfObject(azure, object), infrastructure, machinePool];
  const step = agentPoolStep({
    object,
    managedCluster,
    location: textAt(managedCluster, "spec", "location") ?? "westeurope",
    quotaExceeded: hasFault("quota-exceeded", ...objects),
    stuck: hasFault("upgrade-stuck", ...objects),
    durations: management.durations(),
    elapsed: (operation) => stopwatch.elapsed(`ap/${key}`, operation),
  });
  const conditions = asoConditions(object, step.ready, new Date());
  await management.writeStatus(capi.agentPool, object, { ...status, ...written(object, step), conditions });
  return step.requeueAfterMs === undefined ? undefined : { requeueAfterMs: step.requeueAfterMs };
}

function written(object: Unstructured, step: AgentPoolStep): Record<string, unknown> {
  const told = { provisioningState: step.provisioningState };
  if (step.version === undefined) return told;
  const autoscaling = isTrueAt(object, "spec", "enableAutoScaling");
  return {
    ...told,
    name: azureNameOf(object),
    currentOrchestratorVersion: step.version,
    orchestratorVersion: textAt(object, "spec", "orchestratorVersion") ?? step.version,
    count: step.count,
    enableAutoScaling: autoscaling,
    minCount: autoscaling ? numberAt(object, "spec", "minCount") : undefined,
    maxCount: autoscaling ? numberAt(object, "spec", "maxCount") : undefined,
    mode: textAt(object, "spec", "mode"),
    vmSize: textAt(object, "spec", "vmSize"),
    powerState: { code: "Running" },
  };
}

async function remove(
  { management, stopwatch }: Azure,
  object: Unstructured,
  managedCluster: Unstructured | undefined,
  key: string,
): Promise<{ requeueAfterMs: number } | undefined> {
  // With its cluster gone, or going, Azure answers that the pool does not exist.
  if (managedCluster !== undefined && managedCluster.metadata.deletionTimestamp === undefined) {
    const conditions = asoConditions(object, asoDeleting, new Date());
    const status = { ...recordAt(object, "status"), conditions, provisioningState: "Deleting" };
    await management.writeStatus(capi.agentPool, object, status);
    const left = management.durations().deletionMs * 0.3 - stopwatch.elapsed(`ap/${key}`, "delete");
    if (left > 0) return { requeueAfterMs: left };
  }
  await management.removeFinalizer(capi.agentPool, object, ASO_FINALIZER);
  return undefined;
}
