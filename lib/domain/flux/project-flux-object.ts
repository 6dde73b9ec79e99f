import type { KubeObject } from "../kube-object.ts";
import { ageMs } from "../time.ts";
import { parseSyncState, type SyncState } from "./sync.ts";
import { readFluxObject, type FluxObjectFacts } from "./read-flux-object.ts";

/** What is remembered of an object between two looks at it; a stored row has exactly this. */
export interface FluxMemory {
  sync: string | null;
  reason: string | null;
  message: string | null;
  since: string;
  /** Revision of the last attempt that came to a result. */
  attemptedRevision: string | null;
  revision: string | null;
  appliedAt: string | null;
}

export interface FluxProjection extends FluxObjectFacts {
  /** The settled state; null for kinds without status. */
  sync: SyncState | null;
  /** Work is under way; it never flips a settled state by itself. */
  moving: boolean;
  reason: string | null;
  message: string | null;
  since: string;
  blockedBy: string | null;
  appliedAt: string | null;
}

export interface FluxContext {
  previous: FluxMemory | null;
  /** Artifact revision of the object's source, where known. */
  sourceRevision: string | null;
  now: Date;
}

const stuckAfterMs = 15 * 60_000;
const longWorkMs = 30_000;

/** One Flux object as a settled state with `moving` beside it (gitops-reference §5.3, ten rows). */
export function projectFluxObject(object: KubeObject, context: FluxContext): FluxProjection {
  const facts = readFluxObject(object);
  const raw = rawState(facts, context);
  const settled = settle(facts, raw, context);
  const same = context.previous?.sync === settled.sync ? context.previous : null;
  const reachedAt = context.previous?.revision === facts.revision ? context.previous.appliedAt : null;
  return {
    ...facts,
    ...settled,
    moving: raw === "Reconciling" || (raw === "Pending" && settled.sync !== "Pending"),
    since: same?.since ?? firstSeen(settled.sync, facts, context.now),
    blockedBy: settled.sync === "Blocked" ? blockerOf(settled.message) : null,
    appliedAt:
      facts.revision === null ? null : (reachedAt ?? facts.ready?.since ?? context.now.toISOString()),
  };
}

/** First match wins; the rows are those of the reference. */
function rawState(facts: FluxObjectFacts, { sourceRevision, now }: FluxContext): SyncState | null {
  const { ready } = facts;
  if (facts.deletingSince !== null) {
    const remote = facts.remote && !facts.orphans;
    return remote && ageMs(facts.deletingSince, now) > stuckAfterMs ? "Stuck" : "Deleting";
  }
  if (!facts.conditionsKnown) return null;
  if (facts.suspended) return "Suspended";
  const unobserved = facts.observedGeneration !== null && facts.observedGeneration < facts.generation;
  if (ready === null && facts.reconcilingSince === null) return "Pending";
  if (
    unobserved &&
    ready?.status !== "False" &&
    facts.reconcilingSince === null &&
    ready?.status !== "Unknown"
  )
    return "Pending";
  if (facts.stalled) return "Failed";
  if (ready?.status === "False") {
    if (ready.reason === "DependencyNotReady") return "Blocked";
    if (ready.reason === "HealthCheckFailed" || ready.reason === "HealthCheckCanceled") return "Unhealthy";
    return "Failing";
  }
  if (facts.reconcilingSince !== null || ready?.status !== "True") return "Reconciling";
  const behind =
    facts.kind === "Kustomization" && sourceRevision !== null && facts.revision !== sourceRevision;
  return behind ? "Behind" : "Synced";
}

type Settled = Pick<FluxProjection, "sync" | "reason" | "message" | "attemptedRevision">;

/**
 * Every reconcile, no-ops included, passes through Unknown for a moment; shown raw, a healthy fleet would
 * flicker all day. So work in progress keeps what was last settled, until it is long and about something new,
 * or late.
 */
function settle(facts: FluxObjectFacts, raw: SyncState | null, { previous, now }: FluxContext): Settled {
  const current: Settled = {
    sync: raw,
    reason: facts.ready?.reason ?? null,
    message: facts.ready?.message ?? null,
    attemptedRevision: facts.attemptedRevision,
  };
  if (raw !== "Reconciling" && raw !== "Pending") return current;
  const before = parseSyncState(previous?.sync ?? null);
  const lasted = ageMs(facts.reconcilingSince ?? facts.ready?.since, now);
  if (raw === "Reconciling" && lasted > 2 * facts.timeoutSeconds * 1000) return { ...current, sync: "Late" };
  if (previous === null || before === null || !settledStates.has(before)) return current;
  const good = before === "Synced" || before === "Behind";
  const edited = good && facts.observedGeneration !== null && facts.observedGeneration < facts.generation;
  const news = facts.attemptedRevision !== previous.attemptedRevision || edited;
  if (raw === "Reconciling" && news && lasted > longWorkMs) return current;
  return {
    sync: before,
    reason: previous.reason,
    message: previous.message,
    attemptedRevision: previous.attemptedRevision,
  };
}

const settledStates = new Set<SyncState>(["Failed", "Failing", "Unhealthy", "Blocked", "Behind", "Synced"]);

function firstSeen(sync: SyncState | null, facts: FluxObjectFacts, now: Date): string {
  if (sync === "Deleting" || sync === "Stuck") return facts.deletingSince ?? now.toISOString();
  if (sync === "Reconciling" || sync === "Late") return facts.reconcilingSince ?? now.toISOString();
  if (sync === "Suspended" || sync === "Behind") return now.toISOString();
  return facts.ready?.since ?? facts.createdAt ?? now.toISOString();
}

/** `dependency 'ns/n' is not ready` → `ns/n`. */
function blockerOf(message: string | null): string | null {
  return /dependency '([^']+)'/.exec(message ?? "")?.[1] ?? null;
}
