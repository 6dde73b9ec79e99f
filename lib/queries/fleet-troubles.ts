import type { StoredCluster } from "../db/clusters.ts";
import type { StoredFlux } from "../db/flux-objects.ts";
import { behindPhrase, type Head } from "../domain/cluster/behind-phrase.ts";
import { causeOfObject } from "../domain/cluster/cause-of.ts";
import {
  groupTroubles,
  type FailingObject,
  type Trouble,
  type TroubleGroup,
} from "../domain/cluster/causes.ts";
import { keyOf, oldSources, type CausalObject } from "../domain/cluster/root-causes.ts";
import { clusterSlug } from "../domain/cluster/slug.ts";
import { groupCauses, type Cause } from "../domain/causes/group-causes.ts";
import type { ClusterNode, FluxNode } from "../domain/causes/inventory.ts";
import { shaOfRevision } from "../domain/flux/revision.ts";
import { parseSyncState, syncMark, syncRank } from "../domain/flux/sync.ts";
import { isStale, parseTone } from "./cluster-mark.ts";
import { texts } from "./texts.ts";

/** Ranks before this one want somebody's attention (mark-of); what moves or waits does not. */
const worstCalmRank = 7;

/** What somebody holds still stays on the list, last: nobody else would let it go. */
const heldWords = ["Suspended", "Paused"];

/** A stored Flux object as the domain judges it. */
export type FluxOf = Omit<StoredFlux, keyof CausalObject> & CausalObject;

export function asCausal(flux: StoredFlux): FluxOf {
  return {
    ...flux,
    sync: parseSyncState(flux.sync),
    since: flux.since.toISOString(),
    home: flux.home === "workload" ? "workload" : "management",
  };
}

/** The head of the default branch as last read. */
export const headOf = (repository: { defaultBranch: string; headSha: string | null } | null): Head => ({
  branch: repository?.defaultBranch ?? "main",
  sha: repository?.headSha ?? null,
});

/** Ids of the clusters whose Flux objects explain their trouble, or an old revision of a cluster that is well. */
export function troubledIds(clusters: readonly StoredCluster[]): string[] {
  return clusters
    .filter(({ rank, fluxSynced, fluxTotal }) => rank < worstCalmRank || fluxSynced < fluxTotal)
    .map(({ id }) => id);
}

/** One line per cause over the clusters the actor may see, and the management cluster's own objects. */
export function fleetTroubles(
  clusters: readonly StoredCluster[],
  flux: readonly FluxOf[],
  { head, now }: { head: Head; now: Date },
): TroubleGroup[] {
  const stale = clusters.filter((cluster) => isStale(cluster, now));
  if (stale.length > 0) return [staleTrouble(stale)];
  const byCluster = Map.groupBy(flux, ({ clusterId }) => clusterId);
  const held = clusters.filter(({ word }) => heldWords.includes(word)).map(heldTrouble);
  const old = [null, ...clusters].flatMap((cluster) =>
    oldSources(byCluster.get(cluster?.id ?? null) ?? []).map((source) => oldTrouble(source, cluster, now)),
  );
  const inventory = { clusters: clusters.map(toNode), flux: flux.map(toFluxNode) };
  const byId = new Map(clusters.map((cluster) => [cluster.id, cluster]));
  const caused = groupCauses(inventory, now).flatMap((cause) => [
    ...sharedTroubles(cause, byCluster.get(null) ?? [], now),
    ...cause.clusters.flatMap(({ cluster: { id }, primary }) => {
      const cluster = byId.get(id);
      return cluster && primary ? [clusterTrouble(cause, cluster, byCluster.get(id) ?? [], head)] : [];
    }),
  ]);
  return groupTroubles([...caused, ...old, ...held]);
}

function toNode({ markSince, tone, ...cluster }: StoredCluster): ClusterNode {
  return { ...cluster, tone: parseTone(tone), since: markSince.toISOString() };
}

function toFluxNode({ dependsOn, attemptedRevision, ...flux }: FluxOf): FluxNode {
  return { ...flux, dependsOn: texts(dependsOn), attemptedSha: shaOfRevision(attemptedRevision) };
}

/** A source that cannot be fetched: one cause over all that meet the same, whatever state their clusters are in. */
function oldTrouble(source: FluxOf, cluster: StoredCluster | null, now: Date): Trouble {
  const cause = causeOfObject(source);
  const mark = syncMark(source, now);
  return {
    key: cause.key,
    tone: mark.tone,
    // What the management cluster cannot fetch reaches no cluster; elsewhere a revision is old, no more.
    rank: cluster === null ? 1.5 : 5.5,
    word: mark.word,
    title: cause.title,
    since: source.since,
    message: source.message,
    at: [failingObject(source, cluster?.name ?? null)],
    cluster: cluster && { slug: clusterSlug(cluster), name: cluster.name },
    objects: [`${source.kind} ${keyOf(source)}`],
    waiting: [],
  };
}

function heldTrouble(cluster: StoredCluster): Trouble {
  return {
    key: `held:${cluster.causeKey ?? cluster.word}`,
    tone: parseTone(cluster.tone),
    rank: cluster.rank,
    word: cluster.word,
    title: cluster.word,
    since: cluster.markSince.toISOString(),
    message: null,
    cluster: { slug: clusterSlug(cluster), name: cluster.name },
    objects: [],
    waiting: [],
    phrase: cluster.cause ?? "nobody says by what",
  };
}

/** A cluster's part in the cause that is its worst. */
function clusterTrouble(
  cause: Cause,
  cluster: StoredCluster,
  objects: readonly FluxOf[],
  head: Head,
): Trouble {
  const roots = rootObjects(cause).filter(({ clusterId }) => clusterId === cluster.id);
  const [root] = roots;
  const role = cause.clusters.find((one) => one.cluster.id === cluster.id)?.role;
  const at = root?.sha ?? cluster.revision;
  return {
    key: cause.key,
    tone: cause.tone,
    rank: cluster.rank,
    word: cluster.word,
    title: role === "root" ? (cluster.cause ?? cause.title) : cause.title,
    since: cluster.markSince.toISOString(),
    message: root ? root.message : (cluster.healthMessage ?? cluster.syncMessage),
    reason: root ? null : cluster.healthReason,
    at: roots.map((one) => failingObject(one, cluster.name)),
    cluster: { slug: clusterSlug(cluster), name: cluster.name },
    objects: roots.map(({ name }) => name),
    waiting: [...new Set(roots.flatMap((one) => waitingFor(one, objects)))],
    ...(cause.commit === null ? {} : { commit: cause.commit }),
    ...(cluster.word === "Behind" ? { phrase: behindPhrase(at, head) } : {}),
  };
}

type RootObject = FluxNode & { sha?: string | null };

const failingObject = (
  { id, kind, namespace, name }: Pick<FluxNode, "id" | "kind" | "namespace" | "name">,
  cluster: string | null,
): FailingObject => ({ id, label: `${kind} ${namespace}/${name}`, cluster });

function rootObjects(cause: Cause): RootObject[] {
  return cause.at.flatMap((node) => (node.of === "flux" ? [node.flux] : []));
}

/** Those that fail for the same reason as the worst, itself first. */
export function sameCause<T extends CausalObject>(root: T, roots: readonly T[]): T[] {
  const { key } = causeOfObject(root);
  return roots.filter((one) => one === root || causeOfObject(one).key === key);
}

/** What belongs to the management cluster itself. */
function sharedTroubles(cause: Cause, objects: readonly FluxOf[], now: Date): Trouble[] {
  return rootObjects(cause).flatMap((root) => {
    if (root.clusterId !== null || root.sync === null) return [];
    return [
      {
        key: cause.key,
        tone: cause.tone,
        // All clusters hang on these: before any single one of equal gravity.
        rank: Math.min(6, syncRank(root.sync)) - 0.5,
        word: syncMark(root, now).word,
        title: cause.title,
        since: root.since,
        message: root.message,
        at: [failingObject(root, null)],
        cluster: null,
        objects: [`${root.kind} ${keyOf(root)}`],
        waiting: waitingFor(root, objects),
      },
    ];
  });
}

/** Names of what is blocked by an object, directly or through others. */
export function waitingFor(root: CausalObject, objects: readonly CausalObject[]): string[] {
  const blocked = objects.filter(({ sync, home }) => sync === "Blocked" && home === root.home);
  const reached = new Set([keyOf(root)]);
  for (let grown = true; grown;) {
    const more = blocked.filter(
      (object) => !reached.has(keyOf(object)) && reached.has(object.blockedBy ?? ""),
    );
    for (const object of more) reached.add(keyOf(object));
    grown = more.length > 0;
  }
  reached.delete(keyOf(root));
  return [...reached].map((key) => key.split("/").at(-1) ?? key).sort();
}

function staleTrouble(clusters: readonly StoredCluster[]): TroubleGroup {
  const last = clusters[0]?.managementCluster.lastContactAt;
  return {
    key: "stale",
    tone: "unknown",
    title: "The management cluster does not answer",
    sentence: [{ text: "Its objects show what we last knew; nothing here is newer than that." }],
    since: (last ?? clusters[0]?.markSince ?? new Date(0)).toISOString(),
    clusters: clusters.map((cluster) => ({ slug: clusterSlug(cluster), name: cluster.name })),
    explanation: null,
    objects: [],
    commit: null,
  };
}
