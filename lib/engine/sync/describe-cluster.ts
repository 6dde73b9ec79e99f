import type { ClusterFacts } from "../../domain/cluster/facts.ts";
import type { ClusterData } from "../../db/inventory-rows.ts";
import { gitColumns, liveColumns } from "./git-side.ts";
import type { ProjectionInput } from "./projection.ts";

/** Whose the cluster is and what for: as Git says, else as it was last known, else by its labels. */
export function describeCluster(
  input: ProjectionInput,
  facts: ClusterFacts | null,
  before: ClusterData | null,
) {
  const side = input.git ?? (facts === null ? input.request?.side : undefined);
  if (side) return { ...gitColumns(side), ...(facts ? { provider: facts.provider } : {}) };
  if (before && facts) {
    // Gone from Git (or not read yet) and still alive: what Git last said holds to the end.
    return { ...gitColumnsOf(before), provider: facts.provider };
  }
  if (facts) return { ...liveColumns(facts.labels), provider: facts.provider };
  return before ? gitColumnsOf(before) : { ...liveColumns({}), provider: "unknown" };
}

function gitColumnsOf({
  environment,
  region,
  team,
  owner,
  purpose,
  template,
  expiresAt,
  labels,
  provider,
}: ClusterData) {
  return { environment, region, team, owner, purpose, template, expiresAt, labels, provider };
}
