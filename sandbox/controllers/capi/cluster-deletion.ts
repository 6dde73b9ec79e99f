import type { ClusterFacts } from "./cluster-facts.ts";
import { names } from "./messages.ts";
import type { Unstructured } from "../runtime/objects.ts";

/** How far a Cluster's deletion is, and what has to be deleted next. */
export interface DeletionStep {
  reason:
    | "WaitingForWorkersDeletion"
    | "WaitingForControlPlaneDeletion"
    | "WaitingForInfrastructureDeletion"
    | "DeletionCompleted";
  message: string;
  /** Objects to delete now; some may be on their way out already. */
  remove: readonly Unstructured[];
}

/**
 * Workers first, then the control plane, then the infrastructure; each waits until the one before is gone (Cluster
 * API, `reconcileDelete`). MachineSets and the Machines of a MachineDeployment go with their owner.
 */
export function clusterDeletion(facts: ClusterFacts): DeletionStep {
  const workers = workersStep(facts);
  if (workers !== undefined) return workers;
  for (const [part, reason] of [
    [facts.controlPlane, "WaitingForControlPlaneDeletion"],
    [facts.infrastructure, "WaitingForInfrastructureDeletion"],
  ] as const) {
    if (part?.object !== undefined)
      return { reason, message: `Waiting for ${part.kind} to be deleted`, remove: [part.object] };
  }
  return { reason: "DeletionCompleted", message: "Deletion completed", remove: [] };
}

function workersStep(facts: ClusterFacts): DeletionStep | undefined {
  const lines = [
    ["MachineDeployments", facts.machineDeployments],
    ["MachineSets", facts.machineSets],
    ["MachinePools", facts.machinePools],
    ["Worker Machines", facts.workerMachines],
  ] as const;
  const left = lines.filter(([, objects]) => objects.length > 0);
  if (left.length === 0) return undefined;
  const message = left
    .map(
      ([title, objects]) =>
        `* ${title}: ${names(
          objects.map((each) => each.metadata.name),
          10,
        )}`,
    )
    .join("\n");
  return {
    reason: "WaitingForWorkersDeletion",
    message,
    remove: [...facts.machineDeployments, ...facts.machinePools],
  };
}
