import { describe, expect, it } from "vitest";
import { replay } from "../recordings/replay.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { clusterConditions } from "./cluster-conditions.ts";
import type { ClusterFacts, Probe } from "./cluster-facts.ts";
import { conditionOf } from "./conditions.ts";
import type { Said } from "./conditions.ts";
import { isControlPlane } from "./machine-status.ts";
import { pausedCondition } from "./paused.ts";
import { listAt } from "./read.ts";

/** What a replayed recording holds at a moment. */
class World {
  readonly objects = new Map<string, Unstructured>();

  of(kind: string): Unstructured[] {
    return [...this.objects.values()].filter((object) => object.kind === kind);
  }
}

const line = ({ type, status, reason, message }: Said): string => `${type}=${status}/${reason}: ${message}`;

/** Replays a recording; answers what was recorded of its Cluster's conditions, and what the state machine says on the way. */
function compare(name: string, say: (world: World, object: Unstructured) => Said[]) {
  const world = new World();
  const recorded = new Map<string, Set<string>>();
  const ours = new Map<string, Set<string>>();
  for (const step of replay(name)) {
    const key = `${step.object.kind}/${step.object.metadata.name}`;
    if (step.type === "DELETED") world.objects.delete(key);
    else world.objects.set(key, step.object);
    for (const object of world.of("Cluster")) {
      for (const each of listAt(object, "status", "conditions")) {
        const condition = each as Said;
        add(recorded, condition.type, line({ ...condition, message: condition.message || "" }));
      }
      for (const each of say(world, object)) add(ours, each.type, line(each));
    }
  }
  return { recorded, ours };
}

function add(map: Map<string, Set<string>>, type: string, text: string): void {
  map.set(type, (map.get(type) ?? new Set<string>()).add(text));
}

function factsOf(world: World, cluster: Unstructured): ClusterFacts {
  const [controlPlane] = world.of("KubeadmControlPlane");
  const machines = world.of("Machine");
  // DevCluster is not in the recordings: it reports by the Cluster's own condition.
  const infrastructure = conditionOf(cluster, "InfrastructureReady");
  const isGone = infrastructure?.reason === "ObjectDeleted";
  const probe = conditionOf(cluster, "RemoteConnectionProbe");
  const lastSuccess = /last succeeded at (\S+)/.exec(probe?.message ?? "")?.[1];
  const contact: Probe =
    probe?.status === "True"
      ? { state: "succeeded", at: new Date() }
      : lastSuccess === undefined
        ? { state: "never" }
        : { state: "failed", lastSuccess: new Date(lastSuccess) };
  const devCluster = { apiVersion: "", kind: "DevCluster", metadata: { name: "dev" } };
  return {
    cluster,
    infrastructure: { kind: "DevCluster", name: "dev", object: isGone ? undefined : devCluster },
    controlPlane: { kind: "KubeadmControlPlane", name: "dev", object: controlPlane },
    machinePools: [],
    machineDeployments: world.of("MachineDeployment"),
    machineSets: world.of("MachineSet"),
    controlPlaneMachines: machines.filter(isControlPlane),
    workerMachines: machines.filter((machine) => !isControlPlane(machine)),
    probe: contact,
    now: new Date(),
  };
}

function missing({ recorded, ours }: ReturnType<typeof compare>, types: readonly string[]): string[] {
  return types.flatMap((type) =>
    [...(recorded.get(type) ?? [])].filter((text) => ours.get(type)?.has(text) !== true),
  );
}

describe("what Cluster API was recorded to say of a Cluster, we say too", () => {
  it("while it is made", () => {
    const seen = compare("direct-create", (world, cluster) => clusterConditions(factsOf(world, cluster)));
    // Of its Machines the recording has one only.
    const types = [...seen.recorded.keys()].filter((type) => !/Machines(Ready|UpToDate)$/.test(type));
    expect(types).toHaveLength(12);
    expect(missing(seen, types)).toEqual([]);
  });

  it("while it is deleted", () => {
    const seen = compare("direct-delete", (world, cluster) => clusterConditions(factsOf(world, cluster)));
    const types = [
      "Available",
      "InfrastructureReady",
      "ControlPlaneAvailable",
      "WorkersAvailable",
      "Deleting",
    ];
    // Machines and MachineSets are not in the recording.
    const judged = missing(seen, types).filter((text) => !text.includes("Worker Machines"));
    expect(judged).toEqual([]);
  });

  it("while its API server is unreachable", () => {
    const seen = compare("api-unreachable", (world, cluster) => clusterConditions(factsOf(world, cluster)));
    const types = ["RemoteConnectionProbe", "Available", "ControlPlaneAvailable", "Deleting", "Paused"];
    expect([...(seen.recorded.get("RemoteConnectionProbe") ?? [])].join()).toContain("ProbeFailed");
    // Workers come by MachineDeployments, which are not in the recording.
    const judged = missing(seen, types).filter((text) => !text.includes("WorkersAvailable"));
    expect(judged).toEqual([]);
  });

  it("while it is paused and goes on", () => {
    const seen = compare("pause-resume", (_, cluster) => [pausedCondition(cluster, cluster)]);
    expect(seen.recorded.get("Paused")?.size).toBe(2);
    expect(missing(seen, ["Paused"])).toEqual([]);
  });
});
