import { findVisibleCluster, type StoredClusterDetail } from "../db/clusters.ts";
import { changesOfCluster } from "../db/change-lists.ts";
import { findCommits } from "../db/commits.ts";
import { findRepository } from "../db/repository.ts";
import { scopeOf } from "../domain/access/actor.ts";
import { fluxTree } from "../domain/cluster/flux-tree.ts";
import { parseClusterSlug } from "../domain/cluster/slug.ts";
import { parseUnreadKinds } from "../domain/cluster/unread-kind.ts";
import { shaOfRevision } from "../domain/flux/revision.ts";
import { syncMark } from "../domain/flux/sync.ts";
import { toChangeRow } from "./change-row.ts";
import { clusterAccess } from "./cluster-access.ts";
import { clusterConditions } from "./cluster-conditions.ts";
import { clusterJourney } from "./cluster-journey.ts";
import { parseTone } from "./cluster-mark.ts";
import { toClusterRow } from "./cluster-row.ts";
import { clusterSentence, clusterTrouble, fluxNote } from "./cluster-trouble.ts";
import type { ReadContext } from "./context.ts";
import { asCausal, headOf } from "./fleet-troubles.ts";
import { lastKnown } from "./last-known.ts";
import { toCommit } from "./to-cause.ts";
import { kindNote, toNodeRows, toWorkloadRow } from "./unread-rows.ts";
import { asOld, whyOld, type Old } from "./why-old.ts";
import type { ClusterDetail, FileView, FluxRow, PoolRow } from "./views.ts";

/**
 * Everything a cluster's page shows; null where there is no such cluster or the actor may not see it, which look
 * the same. `readFiles` answers from the local mirror.
 */
export async function findCluster(
  ctx: ReadContext,
  slug: string,
  readFiles: (name: string) => Promise<FileView[]>,
): Promise<ClusterDetail | null> {
  const { db, actor, now } = ctx;
  const key = parseClusterSlug(slug);
  const stored = key && (await findVisibleCluster(db, scopeOf(actor), key));
  if (!stored) return null;
  const objects = stored.fluxObjects.map(asCausal);
  const shas = [stored.revision, ...objects.map((one) => shaOfRevision(one.attemptedRevision))];
  const [changes, files, repository, commits] = await Promise.all([
    changesOfCluster(db, actor, stored.name, 50),
    stored.inGit ? readFiles(stored.name) : [],
    findRepository(db),
    findCommits(
      db,
      shas.filter((sha) => sha !== null),
    ),
  ]);
  const row = toClusterRow(stored, now);
  const old = lastKnown(stored, row.stale);
  const oldOf = (home: string, kind: string): Old | null =>
    stored.live ? whyOld({ ...stored, home, kind, cluster: stored }, now) : null;
  const note = fluxNote(stored, row.stale);
  const unread = stored.live && !row.stale ? parseUnreadKinds(stored.unread) : [];
  const subject = { stored, row, objects, head: headOf(repository), files, commits, now };
  return {
    ...row,
    sentence: clusterSentence(subject),
    purpose: stored.purpose,
    labels: stringsOf(stored.labels),
    lifecycle: stored.lifecycle,
    trouble: clusterTrouble(subject),
    commit: toCommit(stored.revision, commits),
    access: clusterAccess(stored),
    journey: clusterJourney(stored, changes),
    conditions: clusterConditions(stored, row.stale, unread),
    fluxObjects: toFluxRows(stored, oldOf, now),
    fluxNote: note,
    nodesLastKnown: old !== null,
    pools: stored.pools.map((pool) => toPoolRow(pool, old)),
    nodes: toNodeRows(stored.nodes, oldOf("workload", "Node")),
    nodesNote: kindNote("Node", unread, note),
    workloads: stored.workloads.map((workload) => toWorkloadRow(workload, oldOf("workload", workload.kind))),
    workloadsNote: kindNote("Deployment", unread, note),
    changes: changes.map((change) => toChangeRow(change)),
    files,
  };
}

function stringsOf(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function toFluxRows(
  stored: StoredClusterDetail,
  oldOf: (home: string, kind: string) => Old | null,
  now: Date,
): FluxRow[] {
  const objects = stored.fluxObjects.map((flux) => ({
    ...asCausal(flux),
    dependsOn: listOf(flux.dependsOn),
    inventory: listOf(flux.inventory),
  }));
  const rows = fluxTree(objects).map(({ object, depth, after }) => ({
    id: object.id,
    kind: object.kind,
    namespace: object.namespace,
    name: object.name,
    home: object.home,
    depth,
    after,
    mark: syncMark(object, now),
    moving: object.moving,
    message: object.message,
    blockedBy: object.blockedBy,
    revision: object.revision,
    since: object.since,
  }));
  return rows.map((row) => asOld(row, oldOf(row.home, row.kind)));
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** `old` says why nobody counts its nodes now. */
function toPoolRow(pool: StoredClusterDetail["pools"][number], old: string | null): PoolRow {
  const unknown = pool.word === "Unknown";
  return {
    name: pool.displayName,
    kind: pool.kind,
    mark:
      old === null ? { tone: parseTone(pool.tone), word: pool.word } : { tone: "unknown", word: "Unknown" },
    message: old === null || unknown ? pool.message : `last known: ${pool.word}; ${old}`,
    size: pool.size,
    mode: pool.mode,
    ready: pool.readyReplicas,
    desired: pool.desiredReplicas,
    min: pool.minReplicas,
    max: pool.maxReplicas,
    desiredVersion: pool.desiredVersion,
    observedVersion: pool.observedVersion,
  };
}
