import { syncMark, type SyncState } from "../flux/sync.ts";
import { ageMs } from "../time.ts";
import { causeOfHealth, causeOfObject, type Cause, type Readable } from "./cause-of.ts";
import type { HealthState } from "./health-state.ts";
import type { LifecycleState } from "./lifecycle.ts";
import type { Mark, Tone } from "./mark.ts";
import { oldSources, rootCauses, type CausalObject } from "./root-causes.ts";

export interface ClusterMark extends Mark {
  /** Trouble first: 0 is the worst. */
  rank: number;
  cause: string | null;
  causeKey: string | null;
  /** Since when, where the winning axis says. */
  since: string | null;
  moving: boolean;
}

/** What is settled on the cluster is older than the head of the branch. */
export interface Behind {
  commits: number;
  /** ISO 8601. */
  since: string;
  /** How often its slowest source looks; two of them may pass before it is trouble (decisions §8). */
  intervalSeconds: number;
}

export interface MarkInput {
  lifecycle: LifecycleState;
  health: HealthState;
  /** Flux objects of the cluster, on both API servers. */
  objects: readonly CausalObject[];
  behind?: Behind | null;
  /** The portal itself reads the cluster's API server, at once or slowly; null where it does not. */
  readable?: Readable | null;
  now: Date;
}

/** The order of decisions §8; a word's place in it is its rank. */
const ranks = {
  Unknown: 0,
  Failed: 1,
  Stuck: 1,
  Unreachable: 2,
  Degraded: 3,
  Failing: 4,
  Unhealthy: 4,
  Blocked: 4,
  Late: 5,
  Behind: 6,
  moving: 7,
  waiting: 8,
  Suspended: 9,
  Paused: 9,
  Healthy: 10,
} as const;

const healthTones: Partial<Record<HealthState["health"], Tone>> = {
  Unknown: "unknown",
  Failed: "failed",
  Stuck: "failed",
  Unreachable: "unknown",
  Degraded: "attention",
  Late: "attention",
};

/** The one mark: the first that matches of health, sync and lifecycle, with the winning axis's own word. */
export function markOf(input: MarkInput): ClusterMark {
  const found = [fromHealth(input), fromSync(input), fromBehind(input), fromLifecycle(input)].filter(
    (one) => one !== null,
  );
  const worst = found.sort((a, b) => a.rank - b.rank)[0];
  const moving = isMoving(input);
  if (worst) return { ...worst, moving };
  return {
    tone: "healthy",
    word: "Healthy",
    rank: ranks.Healthy,
    cause: oldRevision(input),
    causeKey: null,
    since: null,
    moving,
  };
}

/** It stays what it is: only its revision is old. No key, since its state began before. */
function oldRevision({ objects }: MarkInput): string | null {
  const source = oldSources(objects)[0];
  return source ? `revision is old: ${causeOfObject(source).title}` : null;
}

type Candidate = Omit<ClusterMark, "moving">;

function candidate(
  tone: Tone,
  word: string,
  rank: number,
  cause: Cause | null,
  since: string | null = null,
): Candidate {
  return { tone, word, rank, cause: cause?.title ?? null, causeKey: cause?.key ?? null, since };
}

function fromHealth({ health: { health, reason, message, since }, readable }: MarkInput): Candidate | null {
  const tone = healthTones[health];
  if (tone === undefined || health === "Progressing" || health === "Healthy") return null;
  return candidate(tone, health, ranks[health], causeOfHealth(health, reason, message, readable), since);
}

function fromSync({ objects, now }: MarkInput): Candidate | null {
  const root = rootCauses(objects, now)[0];
  if (root?.sync) {
    const mark = syncMark(root, now);
    return candidate(mark.tone, mark.word, syncRankOf(root.sync), causeOfObject(root), root.since);
  }
  const suspended = objects.filter(({ sync }) => sync === "Suspended");
  if (suspended.length === 0) return null;
  const names = suspended.map(({ name }) => name).join(", ");
  const cause = { key: `suspended:${names}`, title: `${names} suspended` };
  return candidate("suspended", "Suspended", ranks.Suspended, cause, suspended[0]?.since ?? null);
}

function fromBehind({ behind, now }: MarkInput): Candidate | null {
  if (!behind || ageMs(behind.since, now) < 2_000 * behind.intervalSeconds) return null;
  const title = `${String(behind.commits)} commit${behind.commits === 1 ? "" : "s"} behind`;
  return candidate("attention", "Behind", ranks.Behind, { key: "behind", title }, behind.since);
}

function syncRankOf(sync: SyncState): number {
  return sync in ranks ? ranks[sync as keyof typeof ranks] : ranks.moving;
}

const movingTones: Partial<Record<LifecycleState["lifecycle"], Tone>> = {
  Provisioning: "progress",
  Upgrading: "progress",
  Scaling: "progress",
  Deleting: "progress",
};

function fromLifecycle({ lifecycle: { lifecycle, detail }, objects }: MarkInput): Candidate | null {
  if (lifecycle === "Requested") return candidate("waiting", "Requested", ranks.waiting, null);
  if (lifecycle === "NotApplied") {
    return candidate("waiting", "Not applied", ranks.waiting, {
      key: "not-applied",
      title: "merged, not applied yet",
    });
  }
  if (lifecycle === "Paused") {
    const title = detail === null ? "Cluster API leaves it alone" : `by ${detail} on the Cluster`;
    return candidate("suspended", "Paused", ranks.Paused, { key: `paused:${detail ?? ""}`, title });
  }
  const tone = movingTones[lifecycle];
  if (tone)
    return candidate(
      tone,
      lifecycle,
      ranks.moving,
      detail === null ? null : { key: lifecycle, title: detail },
    );
  const working = objects.find(({ sync }) => sync === "Reconciling");
  if (working)
    return candidate("progress", "Reconciling", ranks.moving, { key: "reconciling", title: working.name });
  const pending = objects.find(({ sync }) => sync === "Pending" || sync === "Blocked");
  if (pending) {
    return candidate("waiting", "Pending", ranks.waiting, {
      key: "pending",
      title: `${pending.name} has not run yet`,
    });
  }
  return null;
}

function isMoving({ lifecycle, objects }: MarkInput): boolean {
  const working = lifecycle.lifecycle in movingTones;
  return working || objects.some(({ sync }) => sync === "Reconciling");
}
