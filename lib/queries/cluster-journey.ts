import type { StoredClusterDetail } from "../db/clusters.ts";
import type { ListedChange } from "../db/change-lists.ts";
import { journeyOf } from "../domain/cluster/journey.ts";
import { lifecycles } from "../domain/cluster/lifecycle.ts";
import { reachedSteps } from "./reached-steps.ts";
import type { ClusterDetail } from "./views.ts";

/** How the cluster came to be: what the pull request tells, then what the engine saw. */
export function clusterJourney(
  stored: StoredClusterDetail,
  changes: readonly ListedChange[],
): ClusterDetail["journey"] {
  const change = creationOf(stored, changes);
  const lifecycle = lifecycles.find((one) => one === stored.lifecycle) ?? "Ready";
  const steps = journeyOf({
    reached: reachedSteps(change, stored),
    change: change
      ? { number: change.number, by: change.requestedBy ?? change.author, mergedBy: change.mergedBy }
      : null,
    lifecycle,
    cause: stored.rank < 7 ? stored.cause : null,
    failed: stored.tone === "failed",
    doing: doing(stored),
  });
  return { caption: captionOf(stored, change), steps };
}

/** The pull request that made this cluster: open while it is only asked for, else the last one merged. */
function creationOf(
  { requestedBy }: StoredClusterDetail,
  changes: readonly ListedChange[],
): ListedChange | null {
  if (requestedBy !== null) return changes.find(({ number }) => number === requestedBy) ?? null;
  return changes.find(({ kind, state }) => kind === "create" && state === "merged") ?? null;
}

function doing({ nodesReady, nodesDesired, fluxSynced, fluxTotal }: StoredClusterDetail) {
  const nodes =
    nodesDesired === null ? undefined : `nodes ${String(nodesReady ?? 0)}/${String(nodesDesired)}`;
  const apps =
    fluxTotal === 0 ? undefined : `${String(fluxSynced)} of ${String(fluxTotal)} Flux objects synced`;
  return { ...(nodes ? { "control-plane": nodes } : {}), ...(apps ? { apps } : {}) };
}

function captionOf({ lifecycle, live }: StoredClusterDetail, change: ListedChange | null): string {
  const by = change ? ` by #${String(change.number)}` : "";
  if (!live) return lifecycle === "Requested" ? `asked for${by}` : `merged${by}`;
  return by === "" ? "" : `created${by}`;
}
