import type { ClusterWithMilestones, ListedChange } from "../db/change-lists.ts";
import { journeyKeys, journeyOf } from "../domain/cluster/journey.ts";
import type { Lifecycle } from "../domain/cluster/lifecycle.ts";
import { clusterSlug } from "../domain/cluster/slug.ts";
import { reachedSteps } from "./reached-steps.ts";
import type { ChangeDetail } from "./views.ts";

type Journeyed = Pick<
  ListedChange,
  "kind" | "state" | "number" | "author" | "requestedBy" | "mergedBy" | "openedAt" | "mergedAt" | "clusters"
>;

/** The most clusters whose way is shown one by one. */
const shown = 10;

/** The way of a new cluster, one per cluster the change adds; closed changes lead nowhere. */
export function journeysOf(
  change: Journeyed,
  clusters: readonly ClusterWithMilestones[],
): ChangeDetail["journeys"] {
  if (change.state === "closed" || change.kind !== "create") return [];
  return change.clusters.slice(0, shown).map((name) => {
    const row = clusters.find((cluster) => cluster.name === name) ?? null;
    const steps = journeyOf({
      // What the engine saw before the merge belongs to an earlier cluster of the name.
      reached: reachedSteps(change, change.mergedAt === null ? null : row),
      change: { number: change.number, by: change.requestedBy ?? change.author, mergedBy: change.mergedBy },
      // Written by the sync engine from this very type.
      lifecycle: (row?.lifecycle ?? (change.state === "open" ? "Requested" : "NotApplied")) as Lifecycle,
      cause: row?.cause ?? null,
      failed: row?.tone === "failed",
      doing: row?.lifecycleDetail
        ? Object.fromEntries(journeyKeys.map((key) => [key, row.lifecycleDetail ?? ""]))
        : {},
    });
    return { cluster: { slug: row === null ? null : clusterSlug(row), name }, steps };
  });
}

/** Whether a merged change still has a cluster on its way. */
export const isUnderWay = (journeys: ChangeDetail["journeys"]): boolean =>
  journeys.some(({ steps }) => steps.some(({ at, mark }) => at === null && mark.word !== "Done"));
