import { conditionOf, said, writtenConditions, writtenOldConditions } from "./conditions.ts";
import type { OldSaid, Said } from "./conditions.ts";
import {
  machineCounters,
  machinesReady,
  machinesUpToDate,
  rollingOut,
  scaling,
} from "./machine-aggregates.ts";
import { listAt, numberAt, recordAt, textAt } from "./read.ts";
import type { Unstructured } from "../runtime/objects.ts";

type Json = Record<string, unknown>;

/** Everything a MachineDeployment's status and next step are computed from. */
export interface MachineDeploymentFacts {
  deployment: Unstructured;
  machineSets: readonly Unstructured[];
  machines: readonly Unstructured[];
  /** A fault holds the rollout. */
  stuck: boolean;
  now: Date;
}

/** What the MachineSets should be: a new one when none fits the template, sizes, and old ones that are done with. */
export interface RolloutPlan {
  create: boolean;
  /** New sizes by name. */
  resize: Map<string, number>;
  remove: Unstructured[];
}

/** A rolling update with the deployment's maxSurge and maxUnavailable (1 and 0 unless told). */
export function rolloutPlan(facts: MachineDeploymentFacts): RolloutPlan {
  const { deployment, machineSets } = facts;
  const desired = replicasOf(deployment);
  const fitting = machineSets.find((each) => fits(deployment, each));
  const old = machineSets.filter((each) => each !== fitting);
  const resize = new Map<string, number>();
  if (fitting === undefined) return { create: !(facts.stuck && old.length > 0), resize, remove: [] };
  const current = replicasOf(fitting);
  const total = machineSets.reduce((sum, each) => sum + replicasOf(each), 0);
  const surge = numberAt(deployment, "spec", "rollout", "strategy", "rollingUpdate", "maxSurge") ?? 1;
  const isRolling = old.some((each) => replicasOf(each) > 0);
  const grown = isRolling ? Math.min(desired, current + Math.max(0, desired + surge - total)) : desired;
  if (grown !== current && !(facts.stuck && isRolling)) resize.set(fitting.metadata.name, grown);
  // A Machine on its way out counts as available until it says otherwise: no set has more than its size.
  const available = machineSets.reduce(
    (sum, each) => sum + Math.min(numberAt(each, "status", "availableReplicas") ?? 0, replicasOf(each)),
    0,
  );
  let spare = available - (desired - maxUnavailable(deployment));
  for (const set of old) {
    const size = replicasOf(set);
    const less = Math.max(0, Math.min(size, spare));
    if (less > 0 && !facts.stuck) resize.set(set.metadata.name, size - less);
    spare -= less;
  }
  const remove = old.filter((each) => replicasOf(each) === 0 && numberAt(each, "status", "replicas") === 0);
  return { create: false, resize, remove };
}

/** Whether a MachineSet makes what the deployment's template asks for. */
function fits(deployment: Unstructured, machineSet: Unstructured): boolean {
  return ["version", "infrastructureRef"].every((field) => {
    const [wanted, has] = [deployment, machineSet].map((each) =>
      JSON.stringify(recordAt(each, "spec", "template", "spec")[field] ?? null),
    );
    return wanted === has;
  });
}

/** A MachineDeployment's whole status. */
export function machineDeploymentStatus(facts: MachineDeploymentFacts): Json {
  const { deployment, machines, machineSets, now } = facts;
  const labels = recordAt(deployment, "spec", "selector", "matchLabels");
  const before = listAt(deployment, "status", "deprecated", "v1beta1", "conditions");
  // Nothing is counted before the first MachineSet exists.
  const counters: Json = machineSets.length > 0 ? machineCounters(machines) : {};
  const seen = {
    ...facts,
    deployment: { ...deployment, status: { ...recordAt(deployment, "status"), ...counters } },
  };
  const conditions = machineDeploymentConditions(seen);
  return {
    ...recordAt(deployment, "status"),
    ...counters,
    conditions: writtenConditions(deployment, conditions, now),
    deprecated: { v1beta1: { conditions: writtenOldConditions(before, oldConditions(conditions), now) } },
    selector: Object.entries(labels)
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(","),
    phase: phaseOf(seen),
    observedGeneration: deployment.metadata.generation,
  };
}

/** The conditions, in the recorded order. */
export function machineDeploymentConditions(facts: MachineDeploymentFacts): Said[] {
  const { deployment, machines, machineSets } = facts;
  const deleting = deployment.metadata.deletionTimestamp !== undefined;
  const desired = deleting ? 0 : replicasOf(deployment);
  const wanted = textAt(deployment, "spec", "template", "spec", "version") ?? "";
  const outdated = machines.filter((each) => conditionOf(each, "UpToDate")?.status === "False");
  return [
    availableCondition(deployment),
    rollingOut(outdated, wanted),
    said("Remediating", "False", "NotRemediating"),
    scaling("ScalingDown", machines.length, desired),
    scaling("ScalingUp", machines.length, desired),
    machinesReady(machines),
    machinesUpToDate(machines),
    said("Paused", "False", "NotPaused"),
    deleting
      ? said("Deleting", "True", "Deleting", deletionMessage(machines.length, machineSets.length))
      : said("Deleting", "False", "NotDeleting"),
  ];
}

function deletionMessage(machines: number, machineSets: number): string {
  if (machines > 0) return `Deleting ${String(machines)} Machines`;
  return machineSets > 0 ? `Deleting ${String(machineSets)} MachineSets` : "Deletion completed";
}

function availableCondition(deployment: Unstructured): Said {
  const available = numberAt(deployment, "status", "availableReplicas");
  if (available === undefined)
    return said(
      "Available",
      "Unknown",
      "WaitingForAvailableReplicasSet",
      "Waiting for status.availableReplicas set",
    );
  const desired = replicasOf(deployment);
  const least = desired - maxUnavailable(deployment);
  if (available >= least) return said("Available", "True", "Available");
  if (deployment.metadata.deletionTimestamp !== undefined)
    return said("Available", "False", "NotAvailable", "Deletion in progress");
  return said(
    "Available",
    "False",
    "NotAvailable",
    `${String(available)} available replicas, at least ${String(least)} required ` +
      `(spec.strategy.rollout.maxUnavailable is ${String(maxUnavailable(deployment))}, spec.replicas is ${String(desired)})`,
  );
}

function phaseOf({ deployment, machines }: MachineDeploymentFacts): string {
  const desired = deployment.metadata.deletionTimestamp === undefined ? replicasOf(deployment) : 0;
  if (machines.length < desired) return "ScalingUp";
  return machines.length > desired ? "ScalingDown" : "Running";
}

function oldConditions(conditions: readonly Said[]): OldSaid[] {
  const available = conditions.find((each) => each.type === "Available");
  const isAvailable = available?.status === "True";
  const bad = {
    status: "False" as const,
    severity: "Warning" as const,
    reason: "WaitingForAvailableMachines",
  };
  const message = available?.message ?? "";
  return ["Ready", "Available"].map((type) =>
    isAvailable ? { type, status: "True" as const } : { type, ...bad, message },
  );
}

function replicasOf(object: Unstructured): number {
  return numberAt(object, "spec", "replicas") ?? 1;
}

function maxUnavailable(deployment: Unstructured): number {
  return numberAt(deployment, "spec", "rollout", "strategy", "rollingUpdate", "maxUnavailable") ?? 0;
}
