import { parseKey } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { writtenConditions } from "./conditions.ts";
import { clusterOf, nodesOf } from "./core.ts";
import type { Core } from "./core.ts";
import { CLUSTER_NAME_LABEL, MIN_SIZE_ANNOTATION, capi, kindNamed } from "./kinds.ts";
import { isSettled, machinePoolStatus, withKeptNodes } from "./machine-pool-status.ts";
import { pausedCondition } from "./paused.ts";
import { listAt, numberAt, recordAt, refAt, textAt, textsAt } from "./read.ts";

const FINALIZER = "machinepool.cluster.x-k8s.io";

/**
 * Nodes come and go without an event on the management cluster: while anything moves they are looked at often,
 * otherwise now and then.
 */
const LOOK_MS = 1_500;
const LATE_LOOK_MS = 15_000;
const LATE_AFTER_MS = 120_000;
const IDLE_LOOK_MS = 60_000;

/** Brings one MachinePool forward: ownership, its infrastructure object, status, deletion. */
export async function reconcileMachinePool(
  core: Core,
  key: string,
): Promise<{ requeueAfterMs?: number } | undefined> {
  const { namespace = "", name } = parseKey(key);
  const { management } = core;
  const pool = management.get(capi.machinePool, name, namespace);
  const clusterName = textAt(pool, "spec", "clusterName");
  if (pool === undefined || clusterName === undefined) {
    core.seen.delete(key);
    return undefined;
  }
  const cluster = clusterOf(core, pool, clusterName);
  const paused = pausedCondition(cluster, pool);
  if (paused.status === "True") {
    const conditions = writtenConditions(pool, [paused], new Date());
    await management.writeStatus(capi.machinePool, pool, { ...recordAt(pool, "status"), conditions });
    return undefined;
  }
  const infrastructure = infrastructureOf(core, pool);
  if (pool.metadata.deletionTimestamp !== undefined) return remove(core, pool, infrastructure);
  if (cluster === undefined) return undefined;
  await adopt(core, cluster, pool, infrastructure);
  const ids = new Set(textsAt(infrastructure, "spec", "providerIDList"));
  const all = ids.size === 0 ? [] : await nodesOf(core, namespace, clusterName);
  const facts = {
    pool,
    infrastructure,
    nodes: (all ?? []).filter((node) => ids.has(node.providerId)),
    now: new Date(),
  };
  const status = machinePoolStatus(facts);
  const written = all === undefined ? withKeptNodes(pool, status) : status;
  await management.writeStatus(capi.machinePool, pool, written);
  const seen = [pool, infrastructure, cluster].map((each) => each?.metadata.resourceVersion ?? "").join("/");
  const isNews = core.seen.get(key) !== seen;
  core.seen.set(key, seen);
  if (isSettled(facts) && !isNews) return { requeueAfterMs: IDLE_LOOK_MS };
  return { requeueAfterMs: isNews ? LOOK_MS : lookAgainMs(pool) };
}

function lookAgainMs(pool: Unstructured): number {
  // A pool that has been unsettled for long (a fault) changes by events, not by patience.
  const ready = listAt(pool, "status", "deprecated", "v1beta1", "conditions")[0];
  const since = Date.parse(textAt(ready, "lastTransitionTime") ?? "") || Date.now();
  return Date.now() - since > LATE_AFTER_MS ? LATE_LOOK_MS : LOOK_MS;
}

function infrastructureOf(core: Core, pool: Unstructured): Unstructured | undefined {
  const ref = refAt(pool, "spec", "template", "spec", "infrastructureRef");
  const kind = ref && kindNamed(ref.kind);
  return kind && core.management.get(kind, ref.name, pool.metadata.namespace);
}

async function adopt(
  { management }: Core,
  cluster: Unstructured,
  pool: Unstructured,
  infrastructure: Unstructured | undefined,
): Promise<void> {
  const label = { [CLUSTER_NAME_LABEL]: cluster.metadata.name };
  const owner = ownerOf(cluster);
  const adopted = await management.ensureMetadata(capi.machinePool, pool, {
    finalizer: FINALIZER,
    labels: label,
    owner,
  });
  const { name, namespace } = pool.metadata;
  const ids = listAt(infrastructure, "spec", "providerIDList");
  const spec: Record<string, unknown> = {};
  if (numberAt(adopted, "spec", "replicas") === undefined)
    spec.replicas = Number(pool.metadata.annotations?.[MIN_SIZE_ANNOTATION] ?? "1");
  if (ids.length > 0 && JSON.stringify(ids) !== JSON.stringify(listAt(adopted, "spec", "providerIDList")))
    spec.providerIDList = ids;
  if (Object.keys(spec).length > 0)
    await management.client.patch(capi.machinePool, name, namespace, { spec });
  const kind = infrastructure && kindNamed(infrastructure.kind);
  if (
    kind === undefined ||
    infrastructure === undefined ||
    infrastructure.metadata.deletionTimestamp !== undefined
  )
    return;
  const controller = { ...ownerOf(pool), controller: true, blockOwnerDeletion: true };
  await management.ensureMetadata(kind, infrastructure, { labels: label, owner: controller });
}

function ownerOf(object: Unstructured): { apiVersion: string; kind: string; name: string; uid: string } {
  const { name, uid = "" } = object.metadata;
  return { apiVersion: object.apiVersion, kind: object.kind, name, uid };
}

async function remove(
  core: Core,
  pool: Unstructured,
  infrastructure: Unstructured | undefined,
): Promise<undefined> {
  const { management } = core;
  const status = machinePoolStatus({ pool, infrastructure, nodes: [], now: new Date() });
  await management.writeStatus(capi.machinePool, pool, status);
  const kind = infrastructure && kindNamed(infrastructure.kind);
  if (kind !== undefined && infrastructure !== undefined) await management.remove(kind, infrastructure);
  else await management.removeFinalizer(capi.machinePool, pool, FINALIZER);
  return undefined;
}
