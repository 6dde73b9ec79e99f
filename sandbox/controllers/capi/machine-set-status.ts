import { isCondition, said, writtenConditions } from "./conditions.ts";
import type { Said } from "./conditions.ts";
import { byAge } from "./kubeadm-control-plane-status.ts";
import { machineCounters, machinesReady, machinesUpToDate, scaling } from "./machine-aggregates.ts";
import { at, numberAt, recordAt, textAt } from "./read.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { compareVersions } from "./versions.ts";

type Json = Record<string, unknown>;

/** Everything a MachineSet's status and next step are computed from. */
export interface MachineSetFacts {
  machineSet: Unstructured;
  machines: readonly Unstructured[];
  controlPlane: Unstructured | undefined;
  now: Date;
}

/** How many Machines to make, and which to delete. */
export function machineSetPlan(facts: MachineSetFacts): { create: number; remove: Unstructured[] } {
  const { machineSet, machines } = facts;
  const desired = numberAt(machineSet, "spec", "replicas") ?? 1;
  const alive = machines.filter((each) => each.metadata.deletionTimestamp === undefined);
  if (machines.length < desired) {
    const held = preflight(facts) !== undefined;
    return { create: held ? 0 : desired - machines.length, remove: [] };
  }
  // Those that are not ready go first, then the oldest.
  const order = [...alive].sort(
    (a, b) => Number(isCondition(a, "Ready")) - Number(isCondition(b, "Ready")) || byAge(a, b),
  );
  return { create: 0, remove: order.slice(0, Math.max(0, alive.length - desired)) };
}

/** Why no Machine may be made now (MachineSet preflight checks); undefined when it may. */
function preflight({ machineSet, controlPlane }: MachineSetFacts): string | undefined {
  if (controlPlane === undefined || at(controlPlane, "spec", "kubeadmConfigSpec") === undefined)
    return undefined;
  const { name, namespace = "" } = controlPlane.metadata;
  const who = `${controlPlane.kind} ${namespace}/${name}`;
  const desired = textAt(controlPlane, "spec", "version") ?? "";
  const observed = textAt(controlPlane, "status", "version");
  const stable = '("ControlPlaneIsStable" preflight check failed)';
  if (observed === undefined) return `${who} is provisioning ${stable}`;
  if (observed !== desired) return `${who} is upgrading from ${observed} to ${desired} ${stable}`;
  const version = textAt(machineSet, "spec", "template", "spec", "version") ?? "";
  if (compareVersions(version, observed) > 0)
    return `MachineSet version (${version}) and ControlPlane version (${observed}) do not conform to the kubernetes version skew policy as MachineSet version is higher than ControlPlane version ("KubernetesVersionSkew" preflight check failed)`;
  return undefined;
}

/** A MachineSet's whole status. */
export function machineSetStatus(facts: MachineSetFacts): Json {
  const { machineSet, machines, now } = facts;
  const labels = recordAt(machineSet, "spec", "selector", "matchLabels");
  return {
    ...recordAt(machineSet, "status"),
    ...machineCounters(machines),
    conditions: writtenConditions(machineSet, machineSetConditions(facts), now),
    selector: Object.entries(labels)
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(","),
    observedGeneration: machineSet.metadata.generation,
  };
}

function machineSetConditions(facts: MachineSetFacts): Said[] {
  const { machineSet, machines } = facts;
  const deleting = machineSet.metadata.deletionTimestamp !== undefined;
  const desired = deleting ? 0 : (numberAt(machineSet, "spec", "replicas") ?? 1);
  const held = preflight(facts);
  return [
    said("Remediating", "False", "NotRemediating"),
    scaling("ScalingDown", machines.length, desired),
    scaling("ScalingUp", machines.length, desired, held === undefined ? [] : [held]),
    machinesReady(machines),
    machinesUpToDate(machines),
    said("Paused", "False", "NotPaused"),
    deleting
      ? said(
          "Deleting",
          "True",
          "Deleting",
          machines.length > 0 ? `Deleting ${String(machines.length)} Machines` : "Deletion completed",
        )
      : said("Deleting", "False", "NotDeleting"),
  ];
}
