import { clusterConditions } from "./cluster-conditions.ts";
import type { ClusterFacts, Referenced } from "./cluster-facts.ts";
import { conditionOf, writtenConditions, writtenOldConditions } from "./conditions.ts";
import type { OldSaid } from "./conditions.ts";
import { at, isTrueAt, listAt, numberAt, recordAt, textAt } from "./read.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { versionCounts } from "./versions.ts";

type Json = Record<string, unknown>;

/** A Cluster's whole status; what it holds beyond that is kept. */
export function clusterStatus(facts: ClusterFacts): Json {
  const { cluster, now } = facts;
  const initialization = initializationOf(facts);
  const seen: ClusterFacts = {
    ...facts,
    cluster: { ...cluster, status: { ...recordAt(cluster, "status"), initialization } },
  };
  const conditions = clusterConditions(seen);
  const before = listAt(cluster, "status", "deprecated", "v1beta1", "conditions");
  const status: Json = {
    ...recordAt(cluster, "status"),
    conditions: writtenConditions(cluster, conditions, now),
    controlPlane: controlPlaneCounters(facts),
    workers: workerCounters(facts),
    phase: phaseOf(seen),
    observedGeneration: cluster.metadata.generation,
    deprecated: { v1beta1: { conditions: writtenOldConditions(before, oldConditions(seen), now) } },
  };
  if (Object.keys(initialization).length > 0) status.initialization = initialization;
  return status;
}

/** The two flags never go back to false. */
function initializationOf(facts: ClusterFacts): Json {
  const flags: Json = { ...recordAt(facts.cluster, "status", "initialization") };
  if (isProvisioned(facts.infrastructure?.object)) flags.infrastructureProvisioned = true;
  if (isInitialized(facts.controlPlane?.object)) flags.controlPlaneInitialized = true;
  return flags;
}

/** Whether an infrastructure object is provisioned, by contract v1beta2 or v1beta1. */
export function isProvisioned(object: Unstructured | undefined): boolean {
  return isTrueAt(object, "status", "initialization", "provisioned") || isTrueAt(object, "status", "ready");
}

/** Whether a control plane is initialized, by contract v1beta2 or v1beta1. */
function isInitialized(object: Unstructured | undefined): boolean {
  return (
    isTrueAt(object, "status", "initialization", "controlPlaneInitialized") ||
    isTrueAt(object, "status", "initialized")
  );
}

function phaseOf({ cluster }: ClusterFacts): string {
  if (cluster.metadata.deletionTimestamp !== undefined) return "Deleting";
  const provisioned = isTrueAt(cluster, "status", "initialization", "infrastructureProvisioned");
  const endpoint = textAt(cluster, "spec", "controlPlaneEndpoint", "host") ?? "";
  return provisioned && endpoint !== "" ? "Provisioned" : "Provisioning";
}

const COUNTERS = ["replicas", "readyReplicas", "availableReplicas", "upToDateReplicas"] as const;

function controlPlaneCounters({ controlPlane }: ClusterFacts): Json | undefined {
  const object = controlPlane?.object;
  if (object === undefined) return undefined;
  const version = textAt(object, "status", "version");
  const desired = numberAt(object, "spec", "replicas");
  if (desired === undefined) return undefined;
  const counters: Json = { desiredReplicas: desired };
  for (const name of COUNTERS) {
    const value = numberAt(object, "status", name);
    if (value !== undefined) counters[name] = value;
  }
  const versions = listAt(object, "status", "versions");
  if (versions.length > 0) counters.versions = versions;
  else if (version !== undefined && version !== "")
    counters.versions = [{ version, replicas: numberAt(object, "status", "replicas") ?? 0 }];
  return counters;
}

function workerCounters({ machineDeployments, machinePools }: ClusterFacts): Json | undefined {
  const owners = [...machineDeployments, ...machinePools];
  if (owners.length === 0) return undefined;
  const sum = (...path: string[]): number =>
    owners.reduce((total, owner) => total + (numberAt(owner, ...path) ?? 0), 0);
  const counters: Json = { desiredReplicas: sum("spec", "replicas") };
  for (const name of COUNTERS)
    if (owners.some((owner) => at(owner, "status", name) !== undefined)) counters[name] = sum("status", name);
  const versions = versionCounts(owners.flatMap((owner) => listAt(owner, "status", "versions")));
  if (versions.length > 0) counters.versions = versions;
  return counters;
}

/** The v1beta1 conditions, as a summary of the provider objects. */
function oldConditions(facts: ClusterFacts): OldSaid[] {
  const { cluster } = facts;
  const deleting = cluster.metadata.deletionTimestamp !== undefined;
  const initialized = isTrueAt(cluster, "status", "initialization", "controlPlaneInitialized");
  const infrastructure = partReady(
    facts.infrastructure,
    "InfrastructureReady",
    deleting,
    "WaitingForInfrastructure",
  );
  const controlPlane = partReady(facts.controlPlane, "ControlPlaneReady", deleting, "WaitingForControlPlane");
  const bad = [controlPlane, infrastructure].find((each) => each.status !== "True");
  return [
    deleting
      ? { type: "Ready", status: "False", reason: "Deleting", severity: "Info" }
      : { ...(bad ?? { status: "True" as const }), type: "Ready" },
    initialized
      ? { type: "ControlPlaneInitialized", status: "True" }
      : {
          type: "ControlPlaneInitialized",
          status: "False",
          severity: "Info",
          reason: "WaitingForControlPlaneProviderInitialized",
          message: "Waiting for control plane provider to indicate the control plane has been initialized",
        },
    controlPlane,
    infrastructure,
  ];
}

function partReady(part: Referenced | undefined, type: string, deleting: boolean, waiting: string): OldSaid {
  if (part?.object === undefined)
    return { type, status: "False", severity: "Info", reason: deleting ? "Deleted" : waiting };
  const old = [
    ...listAt(part.object, "status", "deprecated", "v1beta1", "conditions"),
    ...listAt(part.object, "status", "conditions"),
  ].find((each) => textAt(each, "type") === "Ready");
  if (old !== undefined) return { ...(old as OldSaid), type };
  const ready = type === "InfrastructureReady" ? isProvisioned(part.object) : isInitialized(part.object);
  const available = conditionOf(part.object, "Available");
  return ready && available?.status !== "False"
    ? { type, status: "True" }
    : { type, status: "False", severity: "Info", reason: waiting };
}
