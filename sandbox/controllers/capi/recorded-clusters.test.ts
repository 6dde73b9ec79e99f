import { describe, expect, it } from "vitest";
import { childrenOf } from "../recordings/children-of.ts";
import { replay } from "../recordings/replay.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { clusterConditions } from "./cluster-conditions.ts";
import type { ClusterFacts, Probe, Referenced } from "./cluster-facts.ts";
import { conditionOf } from "./conditions.ts";
import type { Said } from "./conditions.ts";
import { isTrueAt, listAt, recordAt } from "./read.ts";

const line = ({ type, status, reason, message }: Said): string => `${type}=${status}/${reason}: ${message}`;

/** What the objects a Cluster reports on must have been like; none of them is in most recordings. */
function factsOf(cluster: Unstructured): ClusterFacts {
  const on = (type: string): Said | undefined => conditionOf(cluster, type);
  const from = (type: string, of = type, good: "True" | "False" = "True") => ({
    said: on(type),
    from: of,
    good,
  });
  const moving = ["RollingOut", "ScalingUp", "ScalingDown"].map((type) => from(type, type, "False"));
  const [controlPlane] = childrenOf("KubeadmControlPlane", moving, 1);
  const has = (type: string, none: string): number => (on(type)?.reason === none ? 0 : 1);
  const deleting = on("Deleting")?.message ?? "";
  const machines = (who: string, least = has(`${who}MachinesReady`, "NoReplicas")): Unstructured[] => {
    const ready = from(`${who}MachinesReady`, "Ready");
    const upToDate = from(`${who}MachinesUpToDate`, "UpToDate");
    // A fresh Machine does not say yet whether it is up to date.
    const says = upToDate.said?.reason === "NoReplicas" ? [ready] : [ready, upToDate];
    return childrenOf("Machine", says, least);
  };
  // Recorded was a moment between the conditions and the flag.
  const controlPlaneInitialized = on("ControlPlaneInitialized")?.status === "True";
  const initialization = { ...recordAt(cluster, "status", "initialization"), controlPlaneInitialized };
  return {
    cluster: { ...cluster, status: { ...recordAt(cluster, "status"), initialization } },
    infrastructure: part("DevCluster", on("InfrastructureReady"), "Ready"),
    controlPlane: part("KubeadmControlPlane", on("ControlPlaneAvailable"), "Available", controlPlane),
    machinePools: [],
    machineDeployments: named(
      deleting,
      "MachineDeployments",
      childrenOf(
        "MachineDeployment",
        [from("WorkersAvailable", "Available"), ...moving],
        has("WorkersAvailable", "NoWorkers"),
      ),
    ),
    machineSets: named(deleting, "MachineSets", []),
    controlPlaneMachines: machines("ControlPlane"),
    workerMachines: named(
      deleting,
      "Worker Machines",
      machines("Worker", leftOf(deleting, "Worker Machines")?.length),
    ),
    probe: probeOf(on("RemoteConnectionProbe")),
    now: new Date(),
  };
}

function part(kind: string, said: Said | undefined, type: string, like?: Unstructured): Referenced {
  if (said?.reason === "ObjectDeleted") return { kind, name: "recorded", object: undefined };
  const isFallback = / status\.initialization\.\w+ is false$/.test(said?.message ?? "");
  const own = said === undefined || isFallback ? [] : [{ ...said, type }];
  const conditions = [...listAt(like, "status", "conditions"), ...own];
  const object = { apiVersion: "", kind, metadata: { name: "recorded" }, ...like, status: { conditions } };
  return { kind, name: "recorded", object };
}

/** What the deletion still waits for has its names; others of the same kind are not left. */
function named(deleting: string, title: string, known: Unstructured[]): Unstructured[] {
  const list = leftOf(deleting, title);
  if (list === undefined) return known;
  const byName = new Map(known.map((each) => [each.metadata.name, each]));
  const rest = known.filter((each) => !list.includes(each.metadata.name));
  return list.map((name) => {
    const same = byName.get(name) ?? rest.shift();
    return { apiVersion: "", kind: title.replace(/^Worker |s$/g, ""), ...same, metadata: { name } };
  });
}

/** The names a deletion waits for; undefined when it does not wait for names. */
function leftOf(deleting: string, title: string): string[] | undefined {
  if (!deleting.startsWith("* ")) return undefined;
  return new RegExp(`^\\* ${title}: (.*)$`, "m").exec(deleting)?.[1]?.split(", ") ?? [];
}

function probeOf(said: Said | undefined): Probe {
  const lastSuccess = /last succeeded at (\S+)/.exec(said?.message ?? "")?.[1];
  if (said?.status === "True") return { state: "succeeded", at: new Date() };
  return lastSuccess === undefined
    ? { state: "never" }
    : { state: "failed", lastSuccess: new Date(lastSuccess) };
}

/** Why a recorded line is not said; docs/conformance.md names each. */
function deviation(said: Said, cluster: Unstructured): string | undefined {
  if (said.type === "TopologyReconciled" || said.reason === "InternalError") return "no ClusterClass";
  if (said.message.includes("Waiting for cluster topology to be reconciled")) return "no ClusterClass";
  if (said.type === "Available" && said.message.includes("TopologyReconciled")) return "no ClusterClass";
  if (said.type === "Available" && (conditionOf(cluster, "TopologyReconciled")?.message ?? "") !== "")
    return "no ClusterClass";
  if (said.type === "Remediating" && said.message !== "") return "no MachineHealthCheck";
  return undefined;
}

/** Every Cluster's conditions of a recording, as recorded and as said; what is alike is left out. */
function compare(name: string): { steps: number; differing: string[]; listed: string[] } {
  const differing: string[] = [];
  const listed: string[] = [];
  let steps = 0;
  for (const { type, object } of replay(name)) {
    if (
      object.kind !== "Cluster" ||
      type === "DELETED" ||
      listAt(object, "status", "conditions").length === 0
    )
      continue;
    // A paused Cluster says that it is and leaves the rest as it was.
    if (isTrueAt(object, "spec", "paused") || conditionOf(object, "Paused")?.status === "True") continue;
    // Asked to go, and not looked at since.
    const isAsked = object.metadata.deletionTimestamp !== undefined;
    if (isAsked && conditionOf(object, "Deleting")?.status === "False") continue;
    steps += 1;
    const saying = clusterConditions(factsOf(object));
    const ours = new Map(saying.map((each) => [each.type, each]));
    const order = (listAt(object, "status", "conditions") as Said[]).map((each) => each.type);
    const wanted = order.filter((each) => each !== "TopologyReconciled");
    if (wanted.length > 1 && wanted.join() !== saying.map((each) => each.type).join())
      differing.push(`order: ${wanted.join()}`);
    for (const each of listAt(object, "status", "conditions") as Said[]) {
      const said = ours.get(each.type);
      const recorded = line({ ...each, message: each.message || "" });
      const mine = said === undefined ? "nothing" : line(said);
      if (recorded === mine) continue;
      const why = deviation(each, object);
      if (why !== undefined) listed.push(why);
      else differing.push(`${recorded}\n    we say: ${mine}`);
    }
  }
  return { steps, differing: [...new Set(differing)], listed: [...new Set(listed)].sort() };
}

const noClass = "no ClusterClass";
const noHealthCheck = "no MachineHealthCheck";

describe("every line a recorded Cluster said, and their order, from what its parts said", () => {
  it.each([
    ["direct-create", []],
    ["direct-scale", []],
    ["direct-delete", [noHealthCheck]],
    ["fail-infra-never-provisions", []],
    ["fail-worker-never-ready", []],
    ["delete-paused", []],
    ["api-recovers", []],
    ["api-unreachable", []],
    ["cp-machine-deleted", [noClass]],
    ["chained-upgrade", [noClass]],
    ["class-template-rotation", [noClass]],
    ["even-control-plane", [noClass]],
    ["node-unknown", [noClass]],
    ["pause", [noClass]],
    ["pause-resume", [noClass]],
    ["topo-create", [noClass]],
    ["topo-delete", [noClass]],
    ["topo-scale", [noClass]],
    ["topo-upgrade", [noClass, noHealthCheck]],
    ["topology-reconcile-failed", [noClass]],
  ])("%s", (name, deviations) => {
    const { steps, differing, listed } = compare(name);
    expect(steps).toBeGreaterThan(0);
    expect(differing).toEqual([]);
    expect(listed).toEqual(deviations);
  });
});
