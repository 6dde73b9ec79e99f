import { describe, expect, it } from "vitest";
import { childrenOf } from "../recordings/children-of.ts";
import { replay } from "../recordings/replay.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { machineObject } from "../testing/machine-object.ts";
import { conditionOf, said } from "./conditions.ts";
import type { Said } from "./conditions.ts";
import { machineDeploymentConditions } from "./machine-deployment-status.ts";
import type { Contact, MachineFacts } from "./machine-facts.ts";
import { machineConditions } from "./machine-status.ts";
import type { NodeView } from "./node-view.ts";
import { at, listAt, numberAt, textAt } from "./read.ts";

const line = ({ type, status, reason, message }: Said): string => `${type}=${status}/${reason}: ${message}`;

/** The infrastructure or bootstrap object as its Machine mirrors it. */
function part(kind: string, mirrored: Said | undefined): Unstructured | undefined {
  if (mirrored === undefined || mirrored.reason === "ObjectDeleted") return undefined;
  return {
    apiVersion: "",
    kind,
    metadata: { name: "m" },
    status: { conditions: [{ ...mirrored, type: "Ready" }] },
  };
}

function nodeOf(machine: Unstructured): NodeView | undefined {
  const [healthy, ready] = [conditionOf(machine, "NodeHealthy"), conditionOf(machine, "NodeReady")];
  if (healthy === undefined || ready === undefined || !/^Node(Not)?(Ready|Healthy)$/.test(ready.reason))
    return undefined;
  const messages = new Map(
    healthy.message.split("\n").map((each) => {
      const [, type = "", message = ""] = /^\* Node\.(\w+): (.*)$/.exec(each) ?? [];
      return [type, message] as const;
    }),
  );
  const conditions = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"].flatMap((type) => {
    const message = messages.get(type);
    if (message === "Condition not yet reported") return [];
    const isGood = message === undefined;
    return [said(type, (type === "Ready") === isGood ? "True" : "False", "Recorded", message)];
  });
  const { name } = machine.metadata;
  return { name, uid: "", providerId: "", ready: ready.status === "True", conditions, kubeletVersion: "" };
}

function machineFacts(machine: Unstructured): MachineFacts {
  const node = conditionOf(machine, "NodeHealthy");
  const lastSuccess = /^Last successful probe at (\S+)$/.exec(node?.message ?? "")?.[1];
  const contact: Contact =
    lastSuccess === undefined ? { state: "up" } : { state: "down", lastSuccess: new Date(lastSuccess) };
  return {
    machine,
    cluster: {
      apiVersion: "",
      kind: "Cluster",
      metadata: { name: "c" },
      status: { initialization: { controlPlaneInitialized: true } },
    },
    infrastructure: part("DevMachine", conditionOf(machine, "InfrastructureReady")),
    bootstrap: part("KubeadmConfig", conditionOf(machine, "BootstrapConfigReady")),
    node: nodeOf(machine),
    contact,
    wantedVersion: textAt(machine, "spec", "version"),
    now: new Date(),
  };
}

/** A bullet with what is indented below it taken out. */
function without(title: string, message: string): string {
  const lines = message.split("\n");
  const start = lines.findIndex((each) => each.startsWith(`* ${title}`));
  if (start < 0) return message;
  const end = lines.findIndex((each, index) => index > start && each.startsWith("* "));
  return [...lines.slice(0, start), ...(end < 0 ? [] : lines.slice(end))].join("\n");
}

describe("every line a recorded Machine said, but those of health checks", () => {
  it.each(["machine-deleted", "remediation", "outage-recovery-remediation"])("%s", (name) => {
    const differing: string[] = [];
    let steps = 0;
    for (const { object } of replay(name)) {
      if (object.kind !== "Machine" || conditionOf(object, "NodeHealthy") === undefined) continue;
      // Asked to go, and not looked at since.
      const isAsked = object.metadata.deletionTimestamp !== undefined;
      if (isAsked && conditionOf(object, "Deleting")?.status === "False") continue;
      steps += 1;
      const ours = machineConditions(machineFacts(object));
      const recorded = (listAt(object, "status", "conditions") as Said[]).filter(
        ({ type }) => type !== "HealthCheckSucceeded" && type !== "OwnerRemediated",
      );
      expect(recorded.map(({ type }) => type)).toEqual(ours.map(({ type }) => type));
      recorded.forEach((each, index) => {
        const message = without("HealthCheckSucceeded", each.message || "");
        const mine = ours[index];
        if (mine !== undefined && line({ ...each, message }) !== line(mine))
          differing.push(`${line({ ...each, message })}\n  we say: ${line(mine)}`);
      });
    }
    expect(steps).toBeGreaterThan(5);
    expect(differing).toEqual([]);
  });
});

const plain = (count: number): Unstructured[] =>
  Array.from({ length: count }, (_, index) => machineObject(`m-${String(index)}`));

/** The Machines a MachineDeployment's conditions speak of. */
function machinesOf(deployment: Unstructured): Unstructured[] {
  const on = (type: string): Said | undefined => conditionOf(deployment, type);
  const ready = { said: on("MachinesReady"), from: "Ready", good: "True" } as const;
  const upToDate = { said: on("MachinesUpToDate"), from: "UpToDate", good: "True" } as const;
  const says = upToDate.said?.reason === "NoReplicas" ? [ready] : [ready, upToDate];
  return childrenOf("Machine", says, ready.said?.reason === "NoReplicas" ? 0 : 1).map((machine) => {
    const version = /^\* Version (\S+), /.exec(conditionOf(machine, "UpToDate")?.message ?? "")?.[1];
    return { ...machine, spec: { version } };
  });
}

/** Counts lag behind each other by a moment in what was recorded: each condition is judged by the number it names. */
function deploymentConditions(deployment: Unstructured): Said[] {
  const text = (type: string): string => conditionOf(deployment, type)?.message ?? "";
  const available = /^(\d+) available/.exec(text("Available"))?.[1];
  const isUnknown = conditionOf(deployment, "Available")?.status === "Unknown";
  const desired = numberAt(deployment, "spec", "replicas") ?? 1;
  const isGone = text("Available") === "Deletion in progress";
  const counted = isUnknown ? undefined : Number(available ?? (isGone ? 0 : desired));
  const set: Unstructured = { apiVersion: "", kind: "MachineSet", metadata: { name: "set" } };
  const say = (machines: Unstructured[]): Said[] =>
    machineDeploymentConditions({
      deployment: { ...deployment, status: { availableReplicas: counted } },
      machines,
      machineSets: text("Deleting").includes("MachineSets") ? [set] : [],
      stuck: false,
      now: new Date(),
    });
  const target = deployment.metadata.deletionTimestamp === undefined ? desired : 0;
  const scaled = /from (\d+) to/.exec(text("ScalingUp") || text("ScalingDown"))?.[1] ?? target;
  const deleting = /^Deleting (\d+) Machines/.exec(text("Deleting"))?.[1] ?? 0;
  const by = { scaled: say(plain(Number(scaled))), deleting: say(plain(Number(deleting))) };
  return say(machinesOf(deployment)).map((each, index) => {
    const other = each.type.startsWith("Scaling")
      ? by.scaled
      : each.type === "Deleting"
        ? by.deleting
        : undefined;
    return other?.[index] ?? each;
  });
}

describe("every line a recorded MachineDeployment said, and their order", () => {
  it.each(["direct-create", "direct-scale", "direct-upgrade", "direct-delete", "node-unknown"])(
    "%s",
    (name) => {
      const differing = new Set<string>();
      let steps = 0;
      for (const { object } of replay(name)) {
        const recorded = listAt(object, "status", "conditions") as Said[];
        if (object.kind !== "MachineDeployment" || recorded.length < 2) continue;
        const isAsked = object.metadata.deletionTimestamp !== undefined;
        if (isAsked && conditionOf(object, "Deleting")?.status === "False") continue;
        if (at(object, "status", "observedGeneration") !== object.metadata.generation) continue;
        steps += 1;
        const ours = deploymentConditions(object);
        expect(recorded.map(({ type }) => type)).toEqual(ours.map(({ type }) => type));
        recorded.forEach((each, index) => {
          const mine = ours[index];
          const theirs = line({ ...each, message: each.message || "" });
          if (each.type !== "Remediating" && mine !== undefined && theirs !== line(mine))
            differing.add(`${theirs}\n  we say: ${line(mine)}`);
        });
      }
      expect(steps).toBeGreaterThan(3);
      expect([...differing]).toEqual([]);
    },
  );
});
