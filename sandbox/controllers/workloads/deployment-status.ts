import { createHash } from "node:crypto";
import { said } from "../capi/conditions.ts";
import type { Said } from "../capi/conditions.ts";
import { conditionOf, isCondition } from "../capi/conditions.ts";
import { listAt, numberAt, recordAt, textAt } from "../capi/read.ts";
import { kubeTime } from "../runtime/conditions.ts";
import type { Unstructured } from "../runtime/objects.ts";

type Json = Record<string, unknown>;

/** What a workload's status is computed from. */
export interface WorkloadFacts {
  object: Unstructured;
  /** Since its current generation was first seen. */
  elapsedMs: number;
  durationMs: number;
  /** A fault keeps it from ever becoming available. */
  never: boolean;
  /** Nodes of the cluster, for DaemonSets. */
  nodes: number;
  now: Date;
}

/** How many times its usual duration a rollout may take before it is given up. */
const DEADLINE_FACTOR = 5;

/** Answers a status and when to look again; undefined `requeueAfterMs` when nothing will change by time alone. */
export interface WorkloadStep {
  status: Json;
  requeueAfterMs?: number;
}

/** A Deployment's status as kube-controller-manager writes it, without pods. */
export function deploymentStep(facts: WorkloadFacts): WorkloadStep {
  const { object, elapsedMs, durationMs, never } = facts;
  const replicas = numberAt(object, "spec", "replicas") ?? 1;
  const wasAvailable = numberAt(object, "status", "availableReplicas") ?? 0;
  const isDone = !never && (replicas === 0 || elapsedMs >= durationMs);
  if (isDone) return { status: deploymentDone(facts, replicas) };
  if (never && wasComplete(object)) return { status: deploymentBroken(facts, replicas) };
  const isLate = never && elapsedMs >= durationMs * DEADLINE_FACTOR;
  const kept = Math.min(wasAvailable, replicas);
  const set = replicaSetName(object);
  const progressing = isLate
    ? said(
        "Progressing",
        "False",
        "ProgressDeadlineExceeded",
        `ReplicaSet "${set}" has timed out progressing.`,
      )
    : said("Progressing", "True", "ReplicaSetUpdated", `ReplicaSet "${set}" is progressing.`);
  const isAvailable = kept > 0 && kept >= Math.ceil(replicas * 0.75);
  return {
    status: {
      observedGeneration: object.metadata.generation,
      replicas: kept > 0 ? kept + 1 : replicas,
      updatedReplicas: kept > 0 ? 1 : replicas,
      readyReplicas: kept > 0 ? kept : undefined,
      availableReplicas: kept > 0 ? kept : undefined,
      unavailableReplicas: kept > 0 ? 1 : replicas,
      conditions: written(facts, [availability(isAvailable), progressing]),
    },
    requeueAfterMs: nextLook(never, isLate, durationMs, elapsedMs),
  };
}

/** A StatefulSet's status. */
export function statefulSetStep(facts: WorkloadFacts): WorkloadStep {
  const { object, elapsedMs, durationMs, never } = facts;
  const replicas = numberAt(object, "spec", "replicas") ?? 1;
  const isDone = !never && (replicas === 0 || elapsedMs >= durationMs);
  const ready = isDone ? replicas : Math.min(numberAt(object, "status", "readyReplicas") ?? 0, replicas);
  const revision = `${object.metadata.name}-${templateHash(object)}`;
  return {
    status: {
      ...recordAt(object, "status"),
      observedGeneration: object.metadata.generation,
      replicas,
      readyReplicas: ready,
      availableReplicas: ready,
      updatedReplicas: isDone ? replicas : 0,
      currentReplicas: isDone ? replicas : 0,
      currentRevision: isDone ? revision : (textAt(object, "status", "currentRevision") ?? revision),
      updateRevision: revision,
    },
    requeueAfterMs: isDone ? undefined : nextLook(never, true, durationMs, elapsedMs),
  };
}

/** A DaemonSet's status; one pod for each node. */
export function daemonSetStep(facts: WorkloadFacts): WorkloadStep {
  const { object, elapsedMs, durationMs, never, nodes } = facts;
  const isDone = !never && elapsedMs >= durationMs;
  const ready = isDone ? nodes : Math.min(numberAt(object, "status", "numberReady") ?? 0, nodes);
  return {
    status: {
      ...recordAt(object, "status"),
      observedGeneration: object.metadata.generation,
      currentNumberScheduled: nodes,
      desiredNumberScheduled: nodes,
      numberMisscheduled: 0,
      numberReady: ready,
      numberAvailable: ready,
      numberUnavailable: nodes - ready > 0 ? nodes - ready : undefined,
      updatedNumberScheduled: isDone ? nodes : 0,
    },
    requeueAfterMs: isDone ? undefined : nextLook(never, true, durationMs, elapsedMs),
  };
}

function nextLook(
  never: boolean,
  isLate: boolean,
  durationMs: number,
  elapsedMs: number,
): number | undefined {
  if (!never) return Math.max(5, durationMs - elapsedMs + 5);
  return isLate ? undefined : Math.max(5, durationMs * DEADLINE_FACTOR - elapsedMs + 5);
}

function deploymentDone(facts: WorkloadFacts, replicas: number): Json {
  const set = replicaSetName(facts.object);
  const message = `ReplicaSet "${set}" has successfully progressed.`;
  const some = replicas > 0 ? replicas : undefined;
  return {
    observedGeneration: facts.object.metadata.generation,
    replicas: some,
    updatedReplicas: some,
    readyReplicas: some,
    availableReplicas: some,
    unavailableReplicas: undefined,
    conditions: written(facts, [
      availability(true),
      said("Progressing", "True", "NewReplicaSetAvailable", message),
    ]),
  };
}

/** Whether this generation was rolled out to its end at some time; kube-controller-manager judges progress until then. */
function wasComplete(object: Unstructured): boolean {
  const observed = numberAt(object, "status", "observedGeneration") === object.metadata.generation;
  return observed && conditionOf(object, "Progressing")?.reason === "NewReplicaSetAvailable";
}

/** All pods of a complete rollout fail: it is unavailable and yet says nothing about progress. */
function deploymentBroken(facts: WorkloadFacts, replicas: number): Json {
  const before = conditionOf(facts.object, "Progressing");
  return {
    observedGeneration: facts.object.metadata.generation,
    replicas,
    updatedReplicas: replicas,
    readyReplicas: undefined,
    availableReplicas: undefined,
    unavailableReplicas: replicas,
    conditions: written(facts, [
      availability(false),
      said("Progressing", "True", "NewReplicaSetAvailable", before?.message ?? ""),
    ]),
  };
}

function availability(isAvailable: boolean): Said {
  return isAvailable
    ? said("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")
    : said(
        "Available",
        "False",
        "MinimumReplicasUnavailable",
        "Deployment does not have minimum availability.",
      );
}

function written({ object, now }: WorkloadFacts, list: readonly Said[]): Json[] {
  return list.map((each) => {
    const before = listAt(object, "status", "conditions").find((one) => textAt(one, "type") === each.type);
    const same = textAt(before, "status") === each.status;
    const unchanged =
      same && textAt(before, "reason") === each.reason && textAt(before, "message") === each.message;
    return {
      ...each,
      lastTransitionTime: (same ? textAt(before, "lastTransitionTime") : undefined) ?? kubeTime(now),
      lastUpdateTime: (unchanged ? textAt(before, "lastUpdateTime") : undefined) ?? kubeTime(now),
    };
  });
}

/** Whether this generation has reached its end already, so that a restart does not roll it out again. */
export function isRolledOut(object: Unstructured): boolean {
  const observed = numberAt(object, "status", "observedGeneration") === object.metadata.generation;
  if (object.kind !== "Deployment") {
    const ready = numberAt(object, "status", "readyReplicas") ?? numberAt(object, "status", "numberReady");
    const all =
      numberAt(object, "status", "replicas") ?? numberAt(object, "status", "desiredNumberScheduled");
    return observed && ready !== undefined && ready === all;
  }
  return (
    observed &&
    isCondition(object, "Available") &&
    numberAt(object, "status", "unavailableReplicas") === undefined
  );
}

function replicaSetName(object: Unstructured): string {
  return `${object.metadata.name}-${templateHash(object)}`;
}

function templateHash(object: Unstructured): string {
  const template = JSON.stringify(recordAt(object, "spec", "template"));
  return createHash("sha256").update(template).digest("hex").slice(0, 10);
}
