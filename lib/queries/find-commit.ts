import {
  commitFacts,
  findReach,
  targetsOfCommit,
  waitingOf,
  type StoredReach,
  type StoredTarget,
  type StoredWaiting,
} from "../db/commit-reach.ts";
import { scopeOf } from "../domain/access/actor.ts";
import { clusterSlug } from "../domain/cluster/slug.ts";
import { parseSyncState } from "../domain/flux/sync.ts";
import { verdictOf, type ReachObject, type ReachState } from "../domain/radar/verdict-of.ts";
import { clusterOfPath } from "../domain/repository/layout.ts";
import { changesOf, toCommitRow } from "./commit-row.ts";
import type { CommitClusterRow, CommitDetail } from "./commit-views.ts";
import type { ReadContext } from "./context.ts";

const shaPrefix = /^[0-9a-f]{7,64}$/;
const mostFiles = 500;

/** One commit with every cluster it must reach; null where there is none, or the actor may not see it. */
export async function findCommit(ctx: ReadContext, given: string): Promise<CommitDetail | null> {
  const { db, actor, now } = ctx;
  if (!shaPrefix.test(given)) return null;
  const scope = scopeOf(actor);
  const stored = await findReach(db, scope, given);
  if (!stored) return null;
  const [targets, waiting, facts, changes] = await Promise.all([
    targetsOfCommit(db, scope, stored),
    waitingOf(db, stored),
    commitFacts(db, stored),
    changesOf(ctx, [stored]),
  ]);
  const clusters = targets.map((target) => toClusterRow(target, waiting, stored, now)).sort(stragglersFirst);
  const own = new Set(clusters.map(({ name }) => name));
  // The path of another team's cluster says its name.
  const files = facts.paths.filter((path) => {
    const cluster = clusterOfPath(path);
    return scope.all || cluster === null || own.has(cluster);
  });
  return {
    ...toCommitRow(stored, changes),
    behindHead: stored.behind,
    files: files.slice(0, mostFiles),
    fileCount: files.length,
    url: ctx.forgeUrl === undefined ? null : `${ctx.forgeUrl}/${facts.fullName}/commit/${stored.sha}`,
    clusters,
  };
}

function toClusterRow(
  target: StoredTarget,
  waiting: readonly StoredWaiting[],
  commit: StoredReach,
  now: Date,
): CommitClusterRow {
  const { clusterId, name, namespace, team, environment, appliedAt, timed, deletedAt } = target;
  const own = waiting.filter((one) => one.clusterId === clusterId);
  const verdict = verdictOf({
    position: commit.position,
    mergedAt: commit.at.toISOString(),
    appliedAt: appliedAt?.toISOString() ?? null,
    gone: deletedAt !== null,
    unreadable: unreadableOf(target),
    objects: own.map((one) => toReachObject(one, now)),
    now,
  });
  return {
    id: clusterId,
    slug: name === null || namespace === null ? null : clusterSlug({ namespace, name }),
    name: name ?? "management cluster",
    team,
    environment,
    ...verdict,
    object: own.find(({ place }) => place === null || place < commit.position)?.id ?? null,
    appliedAt: appliedAt?.toISOString() ?? null,
    seconds:
      appliedAt === null || !timed ? null : Math.max(0, (appliedAt.getTime() - commit.at.getTime()) / 1000),
  };
}

/** Null for the management cluster: whether that answers is said on every page. */
function unreadableOf({ contact, contactMessage }: StoredTarget): string | null {
  if (contact === null || contact === "ok") return null;
  if (contact === "never") return "the portal has not read its API server yet";
  return contactMessage ?? "its API server cannot be read";
}

function toReachObject(row: StoredWaiting, now: Date): ReachObject {
  const { key, id, sync, reason, message, since, intervalSeconds, blockedBy, sha, place } = row;
  const [home, , name = key] = key.replace(/^\?/, "").split("/");
  return {
    name,
    home: home === "workload" ? "workload" : "management",
    unknown: key.startsWith("?"),
    missing: id === null,
    sync: parseSyncState(sync),
    reason,
    message,
    since: (since ?? now).toISOString(),
    intervalSeconds,
    blockedBy,
    sha,
    place,
  };
}

const order: ReachState[] = ["straggler", "on-its-way", "gone", "applied"];

/** Who is late first, then who was last to apply it. */
function stragglersFirst(a: CommitClusterRow, b: CommitClusterRow): number {
  const byState = order.indexOf(a.state) - order.indexOf(b.state);
  if (byState !== 0) return byState;
  const byTime = (b.appliedAt ?? "").localeCompare(a.appliedAt ?? "");
  return byTime !== 0 ? byTime : a.name.localeCompare(b.name);
}
