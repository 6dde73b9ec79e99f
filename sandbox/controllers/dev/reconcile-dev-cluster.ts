import { said, writtenConditions } from "../capi/conditions.ts";
import { capi } from "../capi/kinds.ts";
import { clusterNameOf } from "../capi/management.ts";
import { isPaused } from "../capi/paused.ts";
import { isTrueAt, recordAt, refAt } from "../capi/read.ts";
import { parseKey } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import type { Dev } from "./dev.ts";

const FINALIZER = "devcluster.infrastructure.cluster.x-k8s.io";

/** A DevCluster with the in-memory backend: after its time it has an endpoint, and goes with its API server. */
export async function reconcileDevCluster(
  dev: Dev,
  key: string,
): Promise<{ requeueAfterMs?: number } | undefined> {
  const { namespace = "", name } = parseKey(key);
  const { management, stopwatch } = dev;
  const object = management.get(capi.devCluster, name, namespace);
  if (object === undefined) {
    stopwatch.clear(`cluster/${key}`);
    return undefined;
  }
  const clusterName = clusterNameOf(object);
  const cluster =
    clusterName === undefined ? undefined : management.get(capi.cluster, clusterName, namespace);
  if (isPaused(cluster, object)) return undefined;
  if (object.metadata.deletionTimestamp !== undefined) {
    const left = management.durations().deletionMs * 0.2 - stopwatch.elapsed(`cluster/${key}`, "delete");
    if (left > 0) return { requeueAfterMs: left };
    await dev.workloads.remove(namespace, clusterName ?? name);
    await management.removeFinalizer(capi.devCluster, object, FINALIZER);
    return undefined;
  }
  if (cluster === undefined) return undefined;
  await management.ensureMetadata(capi.devCluster, object, { finalizer: FINALIZER });
  const controlPlane = controlPlaneOf(dev, cluster);
  if (!isTrueAt(object, "status", "initialization", "provisioned")) {
    const left = management.durations().infrastructureMs - stopwatch.elapsed(`cluster/${key}`, "create");
    if (left > 0) return { requeueAfterMs: left + 5 };
    const endpoint = await dev.workloads.make(cluster);
    await management.client.patch(capi.devCluster, name, namespace, {
      spec: { controlPlaneEndpoint: endpoint },
    });
    const conditions = [said("Ready", "True", "Ready"), said("LoadBalancerAvailable", "True", "Available")];
    await management.writeStatus(capi.devCluster, object, {
      ...recordAt(object, "status"),
      conditions: writtenConditions(object, conditions, new Date()),
      initialization: { provisioned: true },
    });
  }
  await dev.workloads.syncFault(cluster, controlPlane);
  return undefined;
}

/** The control plane a Cluster names. */
export function controlPlaneOf({ management }: Dev, cluster: Unstructured): Unstructured | undefined {
  const ref = refAt(cluster, "spec", "controlPlaneRef");
  return ref && management.get(capi.kubeadmControlPlane, ref.name, cluster.metadata.namespace);
}
