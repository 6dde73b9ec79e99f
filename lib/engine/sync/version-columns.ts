import { minorOf } from "../../domain/capi/version.ts";
import type { ClusterFacts } from "../../domain/cluster/facts.ts";
import type { ClusterData } from "../../db/inventory-rows.ts";
import type { ProjectionInput } from "./projection.ts";

/** Versions and node counts, wanted and seen; without a live cluster only what is asked for. */
export function versionColumns(
  input: ProjectionInput,
  facts: ClusterFacts | null,
  before: ClusterData | null,
) {
  if (facts) {
    return {
      desiredVersion: facts.desiredVersion,
      observedVersion: facts.observedVersion,
      minor: minorOf(facts.observedVersion ?? facts.desiredVersion),
      nodesReady: facts.nodesReady,
      nodesDesired: facts.nodesDesired,
      ahead: facts.ahead,
    };
  }
  const desired =
    input.git?.desiredVersion ?? input.request?.side.desiredVersion ?? before?.desiredVersion ?? null;
  return {
    desiredVersion: desired,
    observedVersion: null,
    minor: minorOf(desired),
    nodesReady: null,
    nodesDesired: null,
    ahead: false,
  };
}
