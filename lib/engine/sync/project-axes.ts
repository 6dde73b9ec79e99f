import type { ClusterFacts } from "../../domain/cluster/facts.ts";
import type { HealthState } from "../../domain/cluster/health-state.ts";
import type { LifecycleState } from "../../domain/cluster/lifecycle.ts";
import { markOf } from "../../domain/cluster/mark-of.ts";
import { rootCauses, type CausalObject } from "../../domain/cluster/root-causes.ts";
import { parseSyncState } from "../../domain/flux/sync.ts";
import type { ClusterData, FluxData } from "../../db/inventory-rows.ts";
import type { ProjectionInput } from "./projection.ts";
import { behindOf, type revisionOf } from "./revision-of.ts";
import type { Contact } from "./workload-session.ts";

interface Judged {
  before: ClusterData | null;
  lifecycle: LifecycleState;
  /** When an upgrade or scaling last got further. */
  moved: string | null;
  health: HealthState;
  objects: FluxData[];
  facts: ClusterFacts | null;
  revision: ReturnType<typeof revisionOf>;
}

/** The three axes, each with its own since, and the one mark they make. */
export function projectAxes({ now, workload }: ProjectionInput, judged: Judged) {
  const { before, lifecycle, moved, health, objects, facts, revision } = judged;
  const causal = objects.map(asCausal);
  const root = rootCauses(causal, now)[0];
  const settled = objects.filter(({ sync }) => sync !== null);
  const sync = root?.sync ?? (settled.length > 0 ? "Synced" : null);
  const contact: Contact = workload?.contact ?? { state: "never", message: null, since: null };
  const readable = contact.state === "ok" ? { slow: contact.message !== null } : null;
  const behind = behindOf(revision, objects);
  const mark = markOf({ lifecycle, health, objects: causal, behind, readable, now });
  const nowText = now.toISOString();
  const kept = (same: boolean, since: string | null | undefined, first: string | null) =>
    same && since ? since : (first ?? nowText);
  const started =
    facts?.deletingSince ?? (lifecycle.lifecycle === "Provisioning" ? (facts?.createdAt ?? null) : null);
  return {
    lifecycle: lifecycle.lifecycle,
    lifecycleDetail: lifecycle.detail,
    lifecycleSince: kept(before?.lifecycle === lifecycle.lifecycle, before?.lifecycleSince, started),
    health: health.health,
    healthReason: health.reason,
    healthMessage: health.message,
    healthSince: moved ?? kept(before?.health === health.health, before?.healthSince, health.since),
    sync,
    syncReason: root?.reason ?? null,
    syncMessage: root?.message ?? null,
    syncSince: sync === null ? null : kept(before?.sync === sync, before?.syncSince, root?.since ?? null),
    contact: contact.state,
    contactMessage: contact.message,
    contactSince: contact.since,
    tone: mark.tone,
    rank: mark.rank,
    word: mark.word,
    cause: mark.cause,
    causeKey: mark.causeKey,
    markSince: kept(
      before?.word === mark.word && before.causeKey === mark.causeKey,
      before?.markSince,
      mark.since ?? started,
    ),
    moving: mark.moving,
    fluxTotal: settled.length,
    fluxSynced: settled.filter((one) => one.sync === "Synced").length,
  };
}

function asCausal(flux: FluxData): CausalObject {
  return {
    ...flux,
    sync: parseSyncState(flux.sync),
    home: flux.home === "workload" ? "workload" : "management",
  };
}
