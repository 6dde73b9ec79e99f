import type { ClusterFacts } from "../../domain/cluster/facts.ts";
import { findCondition } from "../../domain/conditions.ts";
import type { FluxData, MilestoneData } from "../../db/inventory-rows.ts";
import type { Projection } from "./projection.ts";

export interface MilestoneInput extends Projection {
  /** First commit of the cluster's files, where the history is known. */
  merged: { sha: string; position: number; at: Date } | null;
  /** Place of the source's artifact the cluster's own Kustomization is made from. */
  fetchedPosition: number | null;
  now: Date;
}

/** Steps of the journey reached by now; who keeps the first time each was seen is the writer. */
export function milestonesOf(input: MilestoneInput): MilestoneData[] {
  const { record, facts, merged } = input;
  const clusterId = record.row.id;
  const early = (step: string, at: string | null, detail: string | null = null) =>
    entry("", step, at, detail);
  const late = (step: string, at: string | null) => entry(facts?.uid ?? "", step, at, null);
  function entry(uid: string, step: string, at: string | null, detail: string | null): MilestoneData[] {
    return at === null ? [] : [{ clusterId, uid, step, at, detail }];
  }
  return [
    ...early("merged", merged?.at.toISOString() ?? null, merged?.sha ?? null),
    ...early("fetched", fetchedAt(input)),
    ...(facts
      ? [
          ...late("applied", facts.createdAt),
          ...late(
            "infrastructure",
            facts.infrastructureProvisioned ? since(facts, "InfrastructureReady", input.now) : null,
          ),
          ...late(
            "control-plane",
            facts.controlPlaneInitialized ? since(facts, "ControlPlaneInitialized", input.now) : null,
          ),
          ...late("flux", fluxReady(input)),
          ...late("apps", appsReady(input)),
        ]
      : []),
  ];
}

function fetchedAt({ merged, fetchedPosition, facts, now }: MilestoneInput): string | null {
  if (!merged) return null;
  if (facts) return facts.createdAt;
  return fetchedPosition !== null && fetchedPosition >= merged.position ? now.toISOString() : null;
}

function since(facts: ClusterFacts, type: string, now: Date): string {
  const condition = findCondition(facts.conditions, type);
  return (condition?.status === "True" ? condition.since : null) ?? now.toISOString();
}

function fluxReady({ objects, facts }: MilestoneInput): string | null {
  if (!facts?.controlPlaneInitialized) return null;
  return syncedSince(objects.filter(({ home, role }) => home === "management" && role === "flux"));
}

/** All of the workload's own Kustomizations; the management cluster's word where we may not read those. */
function appsReady({ objects, facts }: MilestoneInput): string | null {
  if (!facts?.controlPlaneInitialized) return null;
  const own = objects.filter(({ home, kind }) => home === "workload" && kind === "Kustomization");
  return syncedSince(own.length > 0 ? own : objects.filter(({ role }) => role === "flux-config"));
}

function syncedSince(objects: readonly FluxData[]): string | null {
  if (objects.length === 0 || objects.some(({ sync }) => sync !== "Synced")) return null;
  return (
    objects
      .map(({ since: at }) => at)
      .sort()
      .at(-1) ?? null
  );
}
