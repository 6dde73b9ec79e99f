import { conditionOf, isCondition, said, writtenConditions, writtenOldConditions } from "./conditions.ts";
import type { OldSaid, Said } from "./conditions.ts";
import {
  machineCounters,
  machinesReady,
  machinesUpToDate,
  rollingOut,
  scaling,
} from "./machine-aggregates.ts";
import { grouped, lastSuccessMessage, worst } from "./messages.ts";
import { isTrueAt, listAt, numberAt, recordAt, textAt } from "./read.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { compareVersions } from "./versions.ts";
import { CLUSTER_NAME_LABEL, CONTROL_PLANE_LABEL } from "./kinds.ts";

type Json = Record<string, unknown>;

/** Everything a KubeadmControlPlane's status and next step are computed from. */
export interface ControlPlaneFacts {
  controlPlane: Unstructured;
  cluster: Unstructured;
  machines: readonly Unstructured[];
  /** Whether the workload API answers. */
  contact: "never" | "succeeded" | "failed";
  /** The last success of a probe that has failed for so long that nothing said of the Nodes counts. */
  downSince?: Date;
  /** A fault holds the rollout. */
  stuck: boolean;
  now: Date;
}

/** What to do next: at most one machine at a time. */
export type ControlPlanePlan = { do: "nothing" } | { do: "create" } | { do: "delete"; machine: Unstructured };

/** One machine is added, must become healthy, then an old one goes (maxSurge 1); nothing while one is on its way. */
export function controlPlanePlan(facts: ControlPlaneFacts): ControlPlanePlan {
  const { controlPlane, cluster, machines } = facts;
  if (!isTrueAt(cluster, "status", "initialization", "infrastructureProvisioned")) return { do: "nothing" };
  if (machines.length === 0) return { do: "create" };
  if (!isInitialized(facts) || !allHealthy(machines)) return { do: "nothing" };
  const desired = desiredOf(controlPlane);
  const outdated = outdatedOf(facts);
  if (outdated.length > 0 && facts.stuck) return { do: "nothing" };
  if (machines.length > desired) {
    const oldest = [...(outdated.length > 0 ? outdated : machines)].sort(byAge)[0];
    return oldest === undefined ? { do: "nothing" } : { do: "delete", machine: oldest };
  }
  return machines.length < desired || outdated.length > 0 ? { do: "create" } : { do: "nothing" };
}

/** A KubeadmControlPlane's whole status. */
export function controlPlaneStatus(facts: ControlPlaneFacts): Json {
  const { controlPlane, machines, now } = facts;
  const counters = machineCounters(machines);
  const oldest = machines.map((each) => textAt(each, "spec", "version") ?? "").sort(compareVersions)[0];
  const before = listAt(controlPlane, "status", "deprecated", "v1beta1", "conditions");
  const initialized = isInitialized(facts);
  return {
    ...recordAt(controlPlane, "status"),
    conditions: writtenConditions(controlPlane, controlPlaneConditions(facts), now),
    deprecated: { v1beta1: { conditions: writtenOldConditions(before, oldConditions(facts), now) } },
    ...counters,
    selector: `${CLUSTER_NAME_LABEL}=${facts.cluster.metadata.name},${CONTROL_PLANE_LABEL}`,
    version: oldest ?? textAt(controlPlane, "status", "version"),
    ...(initialized
      ? {
          initialization: { controlPlaneInitialized: true },
          // Only a reconcile without error sets it, and until the API server answers there is none.
          observedGeneration: controlPlane.metadata.generation,
        }
      : {}),
  };
}

/** The conditions, in the recorded order. */
export function controlPlaneConditions(facts: ControlPlaneFacts): Said[] {
  const { controlPlane, machines, cluster } = facts;
  const deleting = controlPlane.metadata.deletionTimestamp !== undefined;
  const desired = deleting ? 0 : desiredOf(controlPlane);
  const wanted = textAt(controlPlane, "spec", "version") ?? "";
  const blocked =
    deleting || machines.length === 0 || allHealthy(machines)
      ? []
      : [
          "waiting for control plane components to become healthy",
          "waiting for etcd cluster to become healthy",
        ];
  const provisioned = isTrueAt(cluster, "status", "initialization", "infrastructureProvisioned");
  return [
    availableCondition(facts),
    ...(provisioned ? [said("CertificatesAvailable", "True", "Available")] : []),
    isInitialized(facts)
      ? said("Initialized", "True", "Initialized")
      : said("Initialized", "False", "NotInitialized"),
    health("EtcdClusterHealthy", "EtcdMemberHealthy", "EtcdMemberHealthy", facts),
    health("ControlPlaneComponentsHealthy", "Control plane components", "APIServerPodHealthy", facts),
    rollingOut(outdatedOf(facts), wanted),
    said("Remediating", "False", "NotRemediating"),
    scaling("ScalingDown", machines.length, desired, blocked),
    scaling("ScalingUp", machines.length, desired, blocked),
    machinesReady(machines),
    machinesUpToDate(machines),
    said("Paused", "False", "NotPaused"),
    deletingCondition(facts),
  ];
}

/** Sticky: once the API server of the first machine answered. */
function isInitialized({ controlPlane, machines, contact }: ControlPlaneFacts): boolean {
  if (isTrueAt(controlPlane, "status", "initialization", "controlPlaneInitialized")) return true;
  return (
    contact === "succeeded" &&
    machines.some((each) => textAt(each, "status", "nodeRef", "name") !== undefined)
  );
}

function availableCondition(facts: ControlPlaneFacts): Said {
  const { controlPlane, machines } = facts;
  if (controlPlane.metadata.deletionTimestamp !== undefined)
    return said("Available", "False", "NotAvailable", "* Control plane metadata.deletionTimestamp is set");
  if (!isInitialized(facts))
    return said("Available", "False", "NotAvailable", "Control plane not yet initialized");
  if (facts.contact === "failed")
    return said("Available", "Unknown", "InspectionFailed", "Failed to get etcd members");
  const healthy = machines.filter((each) => isCondition(each, "APIServerPodHealthy")).length;
  if (healthy === 0)
    return said("Available", "False", "NotAvailable", "Waiting for etcd to report the list of members");
  const all = machines.filter((each) => textAt(each, "spec", "providerID") !== undefined).length;
  const note = `* ${String(healthy)} of ${String(machines.length)} Machines ${healthy === 1 ? "has" : "have"} healthy control plane components, at least 1 required`;
  return said("Available", "True", "Available", healthy < all ? note : "");
}

function health(type: string, title: string, from: string, facts: ControlPlaneFacts): Said {
  if (!isTrueAt(facts.cluster, "status", "initialization", "infrastructureProvisioned"))
    return said(
      type,
      "Unknown",
      "InspectionFailed",
      "Waiting for Cluster status.infrastructureReady to be true",
    );
  if (!isInitialized(facts))
    return said(type, "Unknown", "InspectionFailed", "Waiting for Cluster control plane to be initialized");
  if (facts.downSince !== undefined)
    return said(type, "Unknown", "ConnectionDown", lastSuccessMessage(facts.downSince));
  // Machines that are not even provisioned are no members yet.
  const members = facts.machines.filter((each) => textAt(each, "spec", "providerID") !== undefined);
  const issues = members.flatMap((each) => {
    const condition = conditionOf(each, from);
    if (condition === undefined || condition.status === "True") return [];
    return [{ name: each.metadata.name, condition }];
  });
  const status = worst(
    issues.map(({ condition }) => condition.status),
    "False",
  );
  const reason = { True: "Healthy", False: "NotHealthy", Unknown: "HealthUnknown" }[status];
  const parts = issues.map(({ name, condition }) => ({
    kind: "Machine",
    name,
    message: `* ${title}: ${condition.message}`,
  }));
  return said(type, status, reason, grouped(parts));
}

function deletingCondition({ controlPlane, machines }: ControlPlaneFacts): Said {
  if (controlPlane.metadata.deletionTimestamp === undefined) return said("Deleting", "False", "NotDeleting");
  return machines.length > 0
    ? said("Deleting", "True", "WaitingForMachineDeletion", `Deleting ${String(machines.length)} Machines`)
    : said("Deleting", "True", "DeletionCompleted", "Deletion completed");
}

function oldConditions(facts: ControlPlaneFacts): OldSaid[] {
  const { controlPlane, machines } = facts;
  const desired = desiredOf(controlPlane);
  const isScaling = machines.length !== desired;
  const up = machines.length < desired;
  const message = `Scaling ${up ? "up" : "down"} control plane to ${String(desired)} replicas (actual ${String(machines.length)})`;
  const reason = up ? "ScalingUp" : "ScalingDown";
  return [
    isScaling
      ? { type: "Ready", status: "False", severity: "Warning", reason, message }
      : { type: "Ready", status: "True" },
    isInitialized(facts)
      ? { type: "Available", status: "True" }
      : { type: "Available", status: "False", severity: "Info", reason: "WaitingForKubeadmInit" },
  ];
}

function outdatedOf({ controlPlane, machines }: ControlPlaneFacts): Unstructured[] {
  const wanted = textAt(controlPlane, "spec", "version");
  return machines.filter((each) => textAt(each, "spec", "version") !== wanted);
}

function allHealthy(machines: readonly Unstructured[]): boolean {
  return machines.every(
    (each) => each.metadata.deletionTimestamp === undefined && isCondition(each, "Ready"),
  );
}

function desiredOf(controlPlane: Unstructured): number {
  return numberAt(controlPlane, "spec", "replicas") ?? 1;
}

/** Oldest first. */
export function byAge(a: Unstructured, b: Unstructured): number {
  const [left, right] = [a.metadata.creationTimestamp ?? "", b.metadata.creationTimestamp ?? ""];
  return left.localeCompare(right) || a.metadata.name.localeCompare(b.metadata.name);
}
