import type { FluxData } from "../../db/inventory-rows.ts";
import { projectFlux } from "./project-flux.ts";
import type { ProjectionInput } from "./projection.ts";

/** Flux objects of a cluster, on the management cluster and on itself. */
export function projectObjects(input: ProjectionInput, clusterId: string): FluxData[] {
  const { previous, managementFlux, workload, managementClusterId, now, object } = input;
  const known = previous?.flux ?? new Map<string, FluxData>();
  const owner = { managementClusterId, clusterId };
  const here = projectFlux(
    managementFlux,
    { ...owner, home: "management" },
    { previous: known, sourceRevision: input.managementSource, now },
  );
  if (object === null) return here;
  // Not read (yet): the last known is better than nothing, and it says so.
  if (!workload?.synced) return [...here, ...[...known.values()].filter(({ home }) => home === "workload")];
  const there = projectFlux(
    workload.flux,
    { ...owner, home: "workload" },
    { previous: known, sourceRevision: input.workloadSource, now },
  );
  return [...here, ...there];
}
