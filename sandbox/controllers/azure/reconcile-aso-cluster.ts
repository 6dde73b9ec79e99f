import { capi } from "../capi/kinds.ts";
import { isPaused } from "../capi/paused.ts";
import { recordAt, refAt } from "../capi/read.ts";
import { parseKey } from "../runtime/objects.ts";
import { applyResources, deleteResources, resourcesOf } from "./aso-resources.ts";
import { clusterOfObject } from "./azure.ts";
import type { Azure } from "./azure.ts";

const FINALIZER = "cluster.cluster.x-k8s.io";

/** CAPZ's part for an AzureASOManagedCluster: the resource group, then the endpoint of the control plane. */
export async function reconcileAsoCluster({ management, ...azure }: Azure, key: string): Promise<undefined> {
  const { namespace, name } = parseKey(key);
  const object = management.get(capi.asoCluster, name, namespace);
  if (object === undefined) return;
  const cluster = clusterOfObject({ management, ...azure }, object);
  const status = recordAt(object, "status");
  if (isPaused(cluster, object)) return;
  const resources = resourcesOf(object);
  if (object.metadata.deletionTimestamp !== undefined) {
    const left = await deleteResources(management, object, resources);
    await management.writeStatus(capi.asoCluster, object, { ...status, ready: false, resources: left });
    if (left.length === 0) await management.removeFinalizer(capi.asoCluster, object, FINALIZER);
    return;
  }
  if (cluster === undefined) return;
  await management.ensureMetadata(capi.asoCluster, object, { finalizer: FINALIZER });
  const { statuses, ready } = await applyResources(management, object, resources);
  const ref = refAt(cluster, "spec", "controlPlaneRef");
  const controlPlane = ref && management.get(capi.asoControlPlane, ref.name, namespace);
  const endpoint = recordAt(controlPlane, "status", "controlPlaneEndpoint");
  const hasEndpoint = typeof endpoint.host === "string" && endpoint.host !== "";
  if (ready && hasEndpoint)
    await management.writeObject(capi.asoCluster, object, {
      ...object,
      spec: { ...recordAt(object, "spec"), controlPlaneEndpoint: endpoint },
    });
  const isReady = ready && hasEndpoint;
  await management.writeStatus(capi.asoCluster, object, { ...status, ready: isReady, resources: statuses });
}
