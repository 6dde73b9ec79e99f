import type { FluxData } from "../../db/inventory-rows.ts";
import { projectFlux } from "./project-flux.ts";
import type { ProjectionInput } from "./projection.ts";

/** Flux objects of a cluster, on the management cluster and on itself. */
export function projectObjects(input: ProjectionInput, clusterId: string): FluxData[] {
  const { previous, managementFlux, workload, managementClusterId, now, object } = input;
  const known = previous?.flux ?? new Map<string, FluxData>();
  const owner = { managementClusterId, clusterId };
  // Not read (yet): the last known is better than nothing, and it says so.
  const keep = (home: string, unread: ReadonlySet<string> | null) =>
    [...known.values()].filter((one) => one.home === home && (unread?.has(one.kind) ?? true));
  const here = [
    ...projectFlux(
      managementFlux,
      { ...owner, home: "management" },
      { previous: known, sourceRevision: input.managementSource, now },
    ),
    ...keep("management", input.unread),
  ];
  if (object === null) return input.blind === null ? here : [...here, ...keep("workload", null)];
  if (!workload?.synced) return [...here, ...keep("workload", null)];
  const there = projectFlux(
    workload.flux,
    { ...owner, home: "workload" },
    { previous: known, sourceRevision: input.workloadSource, now },
  );
  return [...here, ...there, ...keep("workload", workload.unread)];
}
