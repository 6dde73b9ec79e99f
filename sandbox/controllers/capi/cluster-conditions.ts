import { kubeTime } from "../runtime/conditions.ts";
import { clusterDeletion } from "./cluster-deletion.ts";
import type { ClusterFacts, Referenced } from "./cluster-facts.ts";
import { conditionOf, said } from "./conditions.ts";
import type { Said } from "./conditions.ts";
import { allOf, anyOf, bullet, worst } from "./messages.ts";
import type { Source } from "./messages.ts";
import { isTrueAt } from "./read.ts";
import type { Unstructured } from "../runtime/objects.ts";

/**
 * The conditions of a Cluster that is not paused and has no topology, with the reasons and messages of Cluster API 1.14.
 * MachinePools are left out of all of them, as they are there (blind spot for managed clusters).
 */
export function clusterConditions(facts: ClusterFacts): Said[] {
  const deleting = deletingCondition(facts);
  const probe = probeCondition(facts);
  const infrastructure = infrastructureReady(facts);
  const controlPlane = controlPlaneAvailable(facts);
  const workers = workersAvailable(facts);
  return [
    available([deleting, probe, infrastructure, controlPlane, workers]),
    probe,
    infrastructure,
    controlPlaneInitialized(facts),
    controlPlane,
    workers,
    rolling("RollingOut", facts),
    said("Remediating", "False", "NotRemediating"),
    rolling("ScalingDown", facts),
    rolling("ScalingUp", facts),
    machines("ControlPlaneMachinesReady", "Ready", facts.controlPlaneMachines),
    machines("WorkerMachinesReady", "Ready", facts.workerMachines),
    machines("ControlPlaneMachinesUpToDate", "UpToDate", facts.controlPlaneMachines),
    machines("WorkerMachinesUpToDate", "UpToDate", facts.workerMachines),
    said("Paused", "False", "NotPaused"),
    deleting,
  ];
}

function deletingCondition(facts: ClusterFacts): Said {
  if (facts.cluster.metadata.deletionTimestamp === undefined) return said("Deleting", "False", "NotDeleting");
  const { reason, message } = clusterDeletion(facts);
  return said("Deleting", "True", reason, message);
}

function probeCondition({ probe }: ClusterFacts): Said {
  const type = "RemoteConnectionProbe";
  if (probe.state === "never")
    return said(type, "False", "ProbeFailed", "Remote connection not established yet");
  if (probe.state === "succeeded") return said(type, "True", "ProbeSucceeded");
  const last = kubeTime(probe.lastSuccess);
  return said(
    type,
    "False",
    "ProbeFailed",
    `Remote connection probe failed, probe last succeeded at ${last}`,
  );
}

function infrastructureReady(facts: ClusterFacts): Said {
  const provisioned = isTrueAt(facts.cluster, "status", "initialization", "infrastructureProvisioned");
  return mirrored("InfrastructureReady", facts, facts.infrastructure, "Ready", {
    was: provisioned,
    flag: "provisioned",
    good: "Ready",
    bad: "NotReady",
  });
}

function controlPlaneAvailable(facts: ClusterFacts): Said {
  const initialized = isTrueAt(facts.cluster, "status", "initialization", "controlPlaneInitialized");
  return mirrored("ControlPlaneAvailable", facts, facts.controlPlane, "Available", {
    was: initialized,
    flag: "controlPlaneInitialized",
    good: "Available",
    bad: "NotAvailable",
  });
}

interface Fallback {
  was: boolean;
  flag: string;
  good: string;
  bad: string;
}

/** The provider object's own condition, or the sticky flag when it reports none. */
function mirrored(
  type: string,
  facts: ClusterFacts,
  part: Referenced | undefined,
  condition: string,
  fallback: Fallback,
): Said {
  if (part === undefined) return said(type, "True", fallback.good);
  if (part.object === undefined) return missing(type, facts, part, fallback.was);
  const reported = conditionOf(part.object, condition);
  if (reported !== undefined) return { ...reported, type };
  return fallback.was
    ? said(type, "True", fallback.good)
    : said(type, "False", fallback.bad, `${part.kind} status.initialization.${fallback.flag} is false`);
}

function missing(type: string, { cluster }: ClusterFacts, part: Referenced, was: boolean): Said {
  if (cluster.metadata.deletionTimestamp !== undefined)
    return said(type, "False", "ObjectDeleted", `${part.kind} has been deleted`);
  return was
    ? said(type, "False", "ObjectDeleted", `${part.kind} has been deleted while the cluster still exists`)
    : said(type, "False", "ObjectDoesNotExist", `${part.kind} does not exist`);
}

function controlPlaneInitialized({ cluster }: ClusterFacts): Said {
  return isTrueAt(cluster, "status", "initialization", "controlPlaneInitialized")
    ? said("ControlPlaneInitialized", "True", "Initialized")
    : said("ControlPlaneInitialized", "False", "NotInitialized", "Control plane not yet initialized");
}

function workersAvailable(facts: ClusterFacts): Said {
  return allOf("WorkersAvailable", "Available", facts.machineDeployments.map(sourceOf("Available")), {
    good: "Available",
    bad: "NotAvailable",
    unknown: "AvailableUnknown",
    none: said("WorkersAvailable", "True", "NoWorkers"),
  });
}

function rolling(type: "RollingOut" | "ScalingUp" | "ScalingDown", facts: ClusterFacts): Said {
  const controlPlane = facts.controlPlane?.object;
  // The contract lets a control plane leave these conditions out, so their absence says nothing.
  const reports = controlPlane !== undefined && conditionOf(controlPlane, type) !== undefined;
  const sources = [...(reports ? [controlPlane] : []), ...facts.machineDeployments].map(sourceOf(type));
  return anyOf(type, sources);
}

function machines(type: string, condition: "Ready" | "UpToDate", all: readonly Unstructured[]): Said {
  // A fresh Machine has no UpToDate yet; Cluster API ignores it instead of reporting Unknown.
  const counted =
    condition === "UpToDate" ? all.filter((machine) => conditionOf(machine, condition) !== undefined) : all;
  return allOf(type, condition, counted.map(sourceOf(condition)), {
    good: condition,
    bad: `Not${condition}`,
    unknown: `${condition}Unknown`,
    none: said(type, "True", "NoReplicas"),
  });
}

function sourceOf(type: string): (object: Unstructured) => Source {
  return (object) => ({
    kind: object.kind,
    name: object.metadata.name,
    condition: conditionOf(object, type),
  });
}

/** `Deleting` is bad when True, the others when False; the message lists what is not well, in this order. */
function available(parts: readonly Said[]): Said {
  const judged = parts.map((part) =>
    part.type === "Deleting"
      ? { ...part, status: part.status === "True" ? ("False" as const) : ("True" as const) }
      : part,
  );
  const status = worst(
    judged.map((part) => part.status),
    "False",
  );
  const reason = { True: "Available", False: "NotAvailable", Unknown: "AvailableUnknown" }[status];
  const isDeleting = parts.some((part) => part.type === "Deleting" && part.status === "True");
  const notes = judged
    .filter((part) => part.message !== "" && (part.status !== "True" || status === "True"))
    // That a part of a Cluster on its way out is gone is no news.
    .filter((part) => !(isDeleting && part.reason === "ObjectDeleted"));
  return said("Available", status, reason, notes.map((part) => bullet(part.type, part.message)).join("\n"));
}
