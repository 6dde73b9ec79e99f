import type { ApiCluster } from "../api-cluster.ts";
import { qualified } from "../api-error.ts";
import type { JsonObject } from "../json.ts";
import type { Kind } from "../kinds/kind.ts";
import type { KubeObject } from "../kube-object.ts";
import type { Change } from "../store/object-store.ts";
import { timestamp } from "../verbs/create-object.ts";
import { deleteObject } from "../verbs/delete-object.ts";
import { systemTarget } from "./system-target.ts";
import { WorkQueue } from "./work-queue.ts";

/** Empties deleted namespaces and lets them go when nothing is left, as the namespace controller does. */
export function sweepNamespaces(cluster: ApiCluster): (change: Change) => void {
  const terminating = new Set<string>();
  const queue = new WorkQueue((name) => {
    sweep(cluster, name);
  });
  const note = (namespace: KubeObject) => {
    if (namespace.metadata.deletionTimestamp === undefined) return;
    terminating.add(namespace.metadata.name);
    queue.add(namespace.metadata.name);
  };
  for (const { object } of cluster.store.list("/namespaces")) note(object);
  return (change) => {
    if (change.storeKey === "/namespaces") {
      if (change.type === "DELETED") terminating.delete(change.now.object.metadata.name);
      else if (change.before?.object.metadata.deletionTimestamp === undefined) note(change.now.object);
      return;
    }
    const { namespace } = change.now.object.metadata;
    if (change.type === "DELETED" && namespace !== undefined && terminating.has(namespace))
      queue.add(namespace);
  };
}

interface Remaining {
  kind: Kind;
  object: KubeObject;
}

function sweep(cluster: ApiCluster, name: string): void {
  const stored = cluster.store.get("/namespaces", undefined, name);
  if (stored?.object.metadata.deletionTimestamp === undefined) return;
  let failure: unknown;
  for (const { kind, object } of contentOf(cluster, name)) {
    const target = systemTarget(cluster, kind, "namespace-controller");
    const live = cluster.store.get(kind.storeKey, name, object.metadata.name);
    if (!target || !live) continue;
    try {
      const options = {
        dryRun: false,
        propagation: "Background",
        uid: undefined,
        resourceVersion: undefined,
      };
      deleteObject(live, target, { ...options, warn: () => undefined });
    } catch (error) {
      failure = error;
    }
  }
  const left = contentOf(cluster, name);
  if (left.length === 0) release(cluster, name);
  else report(cluster, name, left);
  if (failure !== undefined) throw failure instanceof Error ? failure : new Error("deleting content failed");
}

function contentOf(cluster: ApiCluster, namespace: string): Remaining[] {
  return cluster.store.storeKeys().flatMap((storeKey) => {
    const kind = cluster.kinds.findByStoreKey(storeKey);
    if (!kind?.namespaced) return [];
    return cluster.store.list(storeKey, namespace).map(({ object }) => ({ kind, object }));
  });
}

function release(cluster: ApiCluster, name: string): void {
  const stored = cluster.store.get("/namespaces", undefined, name);
  if (!stored) return;
  const { object } = stored;
  if ((object.metadata.finalizers ?? []).length === 0) cluster.store.remove("/namespaces", object);
  else cluster.store.put("/namespaces", { ...object, metadata: { ...object.metadata }, spec: {} });
}

/** The conditions that say what a namespace waits for (recorded with the real controller). */
function report(cluster: ApiCluster, name: string, left: Remaining[]): void {
  const stored = cluster.store.get("/namespaces", undefined, name);
  if (!stored) return;
  const { object } = stored;
  const byKind = Map.groupBy(left, ({ kind }) => qualified(kind.group, kind.resource));
  const remaining = [...byKind].map(
    ([kind, list]) => `${kind} has ${String(list.length)} resource instances`,
  );
  const holders = left.flatMap((one) => one.object.metadata.finalizers ?? []);
  const byFinalizer = Map.groupBy(holders, (finalizer) => finalizer);
  const held = [...byFinalizer].map(
    ([finalizer, list]) => `${finalizer} in ${String(list.length)} resource instances`,
  );
  const status = { phase: "Terminating", conditions: conditionsOf(remaining.sort(), held.sort()) };
  const known = JSON.stringify(object["status"], withoutTime);
  if (known === JSON.stringify(status, withoutTime)) return;
  cluster.store.put("/namespaces", { ...object, metadata: { ...object.metadata }, status });
}

function withoutTime(key: string, value: unknown): unknown {
  return key === "lastTransitionTime" ? undefined : value;
}

function conditionsOf(remaining: string[], held: string[]): JsonObject[] {
  const lastTransitionTime = timestamp();
  const condition = (type: string, status: string, reason: string, message: string) => ({
    type,
    status,
    lastTransitionTime,
    reason,
    message,
  });
  return [
    condition(
      "NamespaceDeletionDiscoveryFailure",
      "False",
      "ResourcesDiscovered",
      "All resources successfully discovered",
    ),
    condition(
      "NamespaceDeletionGroupVersionParsingFailure",
      "False",
      "ParsedGroupVersions",
      "All legacy kube types successfully parsed",
    ),
    condition(
      "NamespaceDeletionContentFailure",
      "False",
      "ContentDeleted",
      "All content successfully deleted, may be waiting on finalization",
    ),
    condition(
      "NamespaceContentRemaining",
      "True",
      "SomeResourcesRemain",
      `Some resources are remaining: ${remaining.join(", ")}`,
    ),
    held.length > 0
      ? condition(
          "NamespaceFinalizersRemaining",
          "True",
          "SomeFinalizersRemain",
          `Some content in the namespace has finalizers remaining: ${held.join(", ")}`,
        )
      : condition(
          "NamespaceFinalizersRemaining",
          "False",
          "ContentHasNoFinalizers",
          "All content-preserving finalizers finished",
        ),
  ];
}
