import type { Mark } from "../cluster/mark.ts";
import { isTrouble, syncMark, type SyncState } from "../flux/sync.ts";
import { ageMs } from "../time.ts";

/** One Kustomization that a commit touches, as it is on its cluster now. */
export interface ReachObject {
  /** Name as people know it. */
  name: string;
  home: "management" | "workload";
  /** What it reads cannot be told: the commit may not touch it. */
  unknown: boolean;
  /** Not on the cluster (any more, or yet). */
  missing: boolean;
  sync: SyncState | null;
  reason: string | null;
  message: string | null;
  /** ISO 8601. */
  since: string;
  intervalSeconds: number | null;
  blockedBy: string | null;
  /** Commit it applied last, and that commit's place in the branch; null where it is not on it. */
  sha: string | null;
  place: number | null;
}

export interface ReachInput {
  /** Place of the commit in the branch. */
  position: number;
  /** When it was merged, and when the cluster had applied it; ISO 8601. */
  mergedAt: string;
  appliedAt: string | null;
  /** The cluster was removed. */
  gone: boolean;
  /** Why its API server cannot be read at present; null where it can. */
  unreadable: string | null;
  objects: readonly ReachObject[];
  now: Date;
}

export type ReachState = "applied" | "on-its-way" | "straggler" | "gone";

export interface ReachVerdict {
  state: ReachState;
  mark: Mark;
  /** Why it has not applied it; null where there is nothing to say. */
  reason: string | null;
}

type Said = ReachVerdict & { rank: number };

/** Sources look every minute to ten; two rounds may pass before a commit is late (decisions §8). */
const graceMs = 20 * 60_000;

/** Whether a cluster has applied a commit, and if not, what holds it up: the worst of its Kustomizations. */
export function verdictOf(input: ReachInput): ReachVerdict {
  if (input.appliedAt !== null)
    return { state: "applied", mark: { tone: "healthy", word: "Applied" }, reason: null };
  if (input.gone) {
    const reason = "removed before it applied it";
    return { state: "gone", mark: { tone: "suspended", word: "Gone" }, reason };
  }
  const lagging = input.objects.filter(({ place }) => place === null || place < input.position);
  const worst = lagging
    .map((object) => saidOf(object, input))
    .reduce<Said | null>((before, one) => (before && before.rank <= one.rank ? before : one), null);
  if (worst) return { state: worst.state, mark: worst.mark, reason: worst.reason };
  return onItsWay("applied, being written down");
}

const onItsWay = (reason: string): ReachVerdict => ({
  state: "on-its-way",
  mark: { tone: "progress", word: "On its way" },
  reason,
});

function saidOf(object: ReachObject, { unreadable, mergedAt, now }: ReachInput): Said {
  const { name, home, sync, sha } = object;
  const held = (rank: number, mark: Mark, reason: string): Said => ({
    state: "straggler",
    rank,
    mark,
    reason,
  });
  if (home === "workload" && unreadable !== null)
    return held(0, { tone: "unknown", word: "Unreachable" }, unreadable);
  if (sync === "Suspended") return held(2, syncMark(object, now), `${name} is suspended`);
  if (isTrouble(object, now) && sync !== "Behind" && sync !== "Blocked")
    return held(1, syncMark(object, now), `${name}: ${object.message ?? object.reason ?? "no message"}`);
  if (isTrouble(object, now) && sync === "Blocked")
    return held(3, syncMark(object, now), `${name} waits for ${object.blockedBy ?? "another object"}`);
  const late = ageMs(mergedAt, now) >= graceMs;
  if (object.unknown)
    return held(5, { tone: "unknown", word: "Unknown" }, `what ${name} reads cannot be told`);
  if (object.missing)
    return late
      ? held(4, { tone: "unknown", word: "Missing" }, `${name} is not on the cluster`)
      : way(`${name} is not on the cluster yet`);
  if (sha !== null && object.place === null)
    return held(4, { tone: "unknown", word: "Unknown" }, `${name} is at ${short(sha)}, not on the branch`);
  if (late) return held(4, { tone: "attention", word: "Behind" }, `${name} is ${still(sha)}`);
  return way(`${name} is ${still(sha)}`);
}

const way = (reason: string): Said => ({ ...onItsWay(reason), rank: 9 });

const short = (sha: string): string => sha.slice(0, 7);
const still = (sha: string | null): string => (sha === null ? "not applied yet" : `still at ${short(sha)}`);
