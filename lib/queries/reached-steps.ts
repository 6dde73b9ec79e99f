import type { ClusterWithMilestones, ListedChange } from "../db/change-lists.ts";
import { journeyKeys, type JourneyKey } from "../domain/cluster/journey.ts";

/**
 * When each step of a cluster's way was first reached. The pull request knows its own times best; the rest is what
 * the sync engine saw of this incarnation.
 */
export function reachedSteps(
  change: Pick<ListedChange, "openedAt" | "mergedAt"> | null,
  cluster: Pick<ClusterWithMilestones, "uid" | "milestones"> | null,
): Partial<Record<JourneyKey, string>> {
  const reached: Partial<Record<JourneyKey, string>> = {};
  for (const { step, at, uid } of cluster?.milestones ?? []) {
    const key = journeyKeys.find((one) => one === step);
    if (key && (uid === "" || uid === cluster?.uid)) reached[key] = at.toISOString();
  }
  if (change) reached.requested = change.openedAt.toISOString();
  if (change?.mergedAt) reached.merged = change.mergedAt.toISOString();
  return reached;
}
