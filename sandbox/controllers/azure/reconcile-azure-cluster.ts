import { capi } from "../capi/kinds.ts";
import { isPaused } from "../capi/paused.ts";
import { recordAt, refAt } from "../capi/read.ts";
import { parseKey } from "../runtime/objects.ts";
import { clusterOfObject } from "./azure.ts";
import type { Azure } from "./azure.ts";

const FINALIZER = "azuremanagedcluster.infrastructure.cluster.x-k8s.io";

/** CAPZ's part for an AzureManagedCluster: ready at once, and a mirror of the control plane's endpoint. */
export async function reconcileAzureCluster(azure: Azure, key: string): Promise<undefined> {
  const { namespace, name } = parseKey(key);
  const { management } = azure;
  const object = management.get(capi.azureCluster, name, namespace);
  if (object === undefined) return;
  const cluster = clusterOfObject(azure, object);
  if (isPaused(cluster, object)) return;
  if (object.metadata.deletionTimestamp !== undefined) {
    await management.removeFinalizer(capi.azureCluster, object, FINALIZER);
    return;
  }
  if (cluster === undefined) return;
  await management.ensureMetadata(capi.azureCluster, object, { finalizer: FINALIZER });
  const ref = refAt(cluster, "spec", "controlPlaneRef");
  const controlPlane = ref && management.get(capi.azureControlPlane, ref.name, namespace);
  const endpoint = recordAt(controlPlane, "spec", "controlPlaneEndpoint");
  if (typeof endpoint.host === "string") {
    const spec = { ...recordAt(object, "spec"), controlPlaneEndpoint: endpoint };
    await management.writeObject(capi.azureCluster, object, { ...object, spec });
  }
  await management.writeStatus(capi.azureCluster, object, { ...recordAt(object, "status"), ready: true });
}
