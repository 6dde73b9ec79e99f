import { capi } from "../capi/kinds.ts";
import { recordAt, textAt } from "../capi/read.ts";
import { hasFault } from "../faults.ts";
import { parseKey } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { nodeResourceGroupOf, resourceId } from "./agent-pool-nodes.ts";
import { asoConditions, asoDeleting, isAsoReady, waitingForOwner } from "./aso-condition.ts";
import type { AsoReady } from "./aso-condition.ts";
import { azureNameOf, clusterOfObject, controllerOf } from "./azure.ts";
import type { Azure } from "./azure.ts";
import { managedClusterStep } from "./managed-cluster-state.ts";
import { ASO_FINALIZER } from "./reconcile-resource-group.ts";

/** Azure Service Operator's and Azure's part for a ManagedCluster; the workload API lives and dies with it. */
export async function reconcileManagedCluster(
  azure: Azure,
  key: string,
): Promise<{ requeueAfterMs?: number } | undefined> {
  const { namespace = "", name } = parseKey(key);
  const { management, stopwatch } = azure;
  const object = management.get(capi.managedCluster, name, namespace);
  if (object === undefined) {
    stopwatch.clear(`mc/${key}`);
    return undefined;
  }
  if (object.metadata.deletionTimestamp !== undefined) return remove(azure, object, key);
  await management.ensureMetadata(capi.managedCluster, object, { finalizer: ASO_FINALIZER });
  const groupName = textAt(object, "spec", "owner", "name") ?? "";
  const group = management.get(capi.resourceGroup, groupName, namespace);
  if (group === undefined) {
    const ready = waitingForOwner(groupName, "resources.azure.com/ResourceGroup");
    await write(azure, object, ready, undefined);
    return undefined;
  }
  const controlPlane = controllerOf(azure, object);
  const cluster = clusterOfObject(azure, object);
  const step = managedClusterStep({
    object,
    ownerReady: isAsoReady(group),
    stuck: hasFault("upgrade-stuck", cluster, controlPlane),
    durations: management.durations(),
    elapsed: (operation) => stopwatch.elapsed(`mc/${key}`, operation),
  });
  if (step.provisioningState === "Succeeded" && cluster !== undefined && controlPlane !== undefined) {
    await azure.workloads.ensure(cluster, controlPlane, `v${step.version ?? ""}`);
    await azure.workloads.syncFault(cluster, controlPlane);
  }
  const name_ = azureNameOf(object);
  await write(azure, object, step.ready, {
    provisioningState: step.provisioningState,
    ...(step.version === undefined
      ? {}
      : {
          currentKubernetesVersion: step.version,
          kubernetesVersion: step.version,
          name: name_,
          id: resourceId(
            "resourceGroups",
            azureNameOf(group),
            "providers/Microsoft.ContainerService/managedClusters",
            name_,
          ),
          location: locationOf(object, group),
          nodeResourceGroup: nodeResourceGroupOf(azureNameOf(group), name_, locationOf(object, group)),
          fqdn: `${textAt(object, "spec", "dnsPrefix") ?? name_}.hcp.${locationOf(object, group)}.azmk8s.io`,
          powerState: { code: "Running" },
        }),
  });
  return step.requeueAfterMs === undefined ? undefined : { requeueAfterMs: step.requeueAfterMs };
}

function locationOf(object: Unstructured, group: Unstructured): string {
  return textAt(object, "spec", "location") ?? textAt(group, "spec", "location") ?? "westeurope";
}

async function write(
  { management }: Azure,
  object: Unstructured,
  ready: AsoReady,
  more: Record<string, unknown> | undefined,
): Promise<void> {
  const conditions = asoConditions(object, ready, new Date());
  await management.writeStatus(capi.managedCluster, object, {
    ...recordAt(object, "status"),
    ...more,
    conditions,
  });
}

async function remove(
  azure: Azure,
  object: Unstructured,
  key: string,
): Promise<{ requeueAfterMs: number } | undefined> {
  const { management, stopwatch } = azure;
  await write(azure, object, asoDeleting, { provisioningState: "Deleting" });
  const left = management.durations().deletionMs * 0.5 - stopwatch.elapsed(`mc/${key}`, "delete");
  if (left > 0) return { requeueAfterMs: left };
  const cluster = clusterOfObject(azure, object);
  const { namespace = "", name } = cluster?.metadata ?? object.metadata;
  await azure.workloads.remove(namespace, name);
  await management.removeFinalizer(capi.managedCluster, object, ASO_FINALIZER);
  return undefined;
}
