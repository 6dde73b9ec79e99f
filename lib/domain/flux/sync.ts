import type { Mark, Tone } from "../cluster/mark.ts";
import { ageMs } from "../time.ts";

/** States of one Flux object, worst first (gitops-reference §5.3). */
export const syncStates = [
  "Failed",
  "Stuck",
  "Failing",
  "Unhealthy",
  "Blocked",
  "Late",
  "Behind",
  "Reconciling",
  "Pending",
  "Deleting",
  "Suspended",
  "Synced",
] as const;
export type SyncState = (typeof syncStates)[number];

const tones: Record<SyncState, Tone> = {
  Failed: "failed",
  Stuck: "failed",
  Failing: "failed",
  Unhealthy: "attention",
  Blocked: "blocked",
  Late: "attention",
  Behind: "attention",
  Reconciling: "progress",
  Pending: "waiting",
  Deleting: "progress",
  Suspended: "suspended",
  Synced: "healthy",
};

/** What one needs to judge an object's state. */
export interface Judged {
  sync: SyncState | null;
  reason: string | null;
  since: string;
  intervalSeconds: number | null;
  message?: string | null;
}

const graceMs = 60_000;
/** As long as a provider may take to make a control plane: until then a missing kubeconfig is normal waiting. */
const kubeconfigGraceMs = 20 * 60_000;
const missingKubeconfig = /unable to read KubeConfig secret .* not found/;
const defaultIntervalSeconds = 600;

/**
 * Is it worth somebody's attention? Dependents flash Blocked after every commit and a new cluster's source may
 * lag: both count after 60 s only; Behind after two intervals (gitops-reference §5.3).
 */
export function isTrouble(object: Judged, now: Date): boolean {
  const age = ageMs(object.since, now);
  switch (object.sync) {
    case "Failed":
    case "Stuck":
    case "Unhealthy":
    case "Late":
      return true;
    case "Failing":
      if (missingKubeconfig.test(object.message ?? "")) return age >= kubeconfigGraceMs;
      return object.reason !== "ArtifactFailed" || age >= graceMs;
    case "Blocked":
      return age >= graceMs;
    case "Behind":
      return age >= 2 * (object.intervalSeconds ?? defaultIntervalSeconds) * 1000;
    default:
      return false;
  }
}

/** Word and shape of an object's state. A state that is not yet trouble looks like the waiting it is. */
export function syncMark(object: Judged, now: Date): Mark {
  if (object.sync === null) return { tone: "unknown", word: "No status" };
  if (isTrouble(object, now)) return { tone: tones[object.sync], word: object.sync };
  if (object.sync === "Behind") return { tone: "progress", word: "Behind" };
  if (object.sync === "Blocked") return { tone: "waiting", word: "Blocked" };
  if (object.sync === "Failing") return { tone: "waiting", word: "Pending" };
  return { tone: tones[object.sync], word: object.sync };
}

/** Position in `syncStates`; smaller is worse. */
export function syncRank(sync: SyncState): number {
  return syncStates.indexOf(sync);
}

export function parseSyncState(value: string | null): SyncState | null {
  return syncStates.find((state) => state === value) ?? null;
}
