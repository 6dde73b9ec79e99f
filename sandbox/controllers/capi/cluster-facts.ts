import type { Unstructured } from "../runtime/objects.ts";

/** What the probe of the workload API server last said. */
export type Probe =
  { state: "never" } | { state: "succeeded"; at: Date } | { state: "failed"; lastSuccess: Date };

/** A referenced object: `wanted` is what the Cluster names, `object` what exists of it. */
export interface Referenced {
  kind: string;
  name: string;
  object: Unstructured | undefined;
}

/** Everything a Cluster's status is computed from. */
export interface ClusterFacts {
  cluster: Unstructured;
  infrastructure: Referenced | undefined;
  controlPlane: Referenced | undefined;
  machinePools: readonly Unstructured[];
  machineDeployments: readonly Unstructured[];
  machineSets: readonly Unstructured[];
  controlPlaneMachines: readonly Unstructured[];
  workerMachines: readonly Unstructured[];
  probe: Probe;
  now: Date;
}
