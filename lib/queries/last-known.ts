import type { StoredClusterDetail } from "../db/clusters.ts";
import { parseStoredConditions, statusOf } from "../domain/conditions.ts";

/**
 * Why what the management cluster tells of nodes is old; null while it is not. Cluster API counts nodes by asking
 * the workload's API server, and leaves its counts as they are while that does not answer.
 */
export function lastKnown(
  { live, health, conditions }: Pick<StoredClusterDetail, "live" | "health" | "conditions">,
  stale: boolean,
): string | null {
  if (!live) return null;
  if (stale) return "the management cluster does not answer";
  const silent = statusOf(parseStoredConditions(conditions), "RemoteConnectionProbe") === "False";
  return silent || health === "Unreachable" ? "its API server does not answer Cluster API" : null;
}
