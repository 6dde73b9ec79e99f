import { isCondition, writtenConditions } from "../capi/conditions.ts";
import { CONTROL_PLANE_LABEL, DEPLOYMENT_NAME_LABEL, capi } from "../capi/kinds.ts";
import { clusterNameOf } from "../capi/management.ts";
import { isPaused } from "../capi/paused.ts";
import { isTrueAt, recordAt, textAt } from "../capi/read.ts";
import { controllerRef, parseKey } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { devMachineConditions, isStarted, machineBudgetMs, nextPartMs } from "./dev-machine-state.ts";
import type { DevMachineFacts } from "./dev-machine-state.ts";
import type { Dev } from "./dev.ts";
import { controlPlaneOf } from "./reconcile-dev-cluster.ts";

const FINALIZER = "devmachine.infrastructure.cluster.x-k8s.io";

/** A DevMachine with the in-memory backend: VM, node, and for a control plane etcd and API server, one by one. */
export async function reconcileDevMachine(
  dev: Dev,
  key: string,
): Promise<{ requeueAfterMs?: number } | undefined> {
  const { namespace = "", name } = parseKey(key);
  const { management, stopwatch } = dev;
  const object = management.get(capi.devMachine, name, namespace);
  if (object === undefined) {
    stopwatch.clear(`machine/${key}`);
    return undefined;
  }
  const machine = management.get(capi.machine, name, namespace);
  const cluster = management.get(capi.cluster, clusterNameOf(object) ?? "", namespace);
  if (isPaused(cluster, object)) return undefined;
  if (object.metadata.deletionTimestamp !== undefined) {
    const left = management.durations().deletionMs * 0.2 - stopwatch.elapsed(`machine/${key}`, "delete");
    if (left > 0) return { requeueAfterMs: left };
    await management.removeFinalizer(capi.devMachine, object, FINALIZER);
    return undefined;
  }
  if (machine === undefined || cluster === undefined) return undefined;
  await management.ensureMetadata(capi.devMachine, object, {
    finalizer: FINALIZER,
    owner: controllerRefOf(machine, object),
  });
  if (isCondition(object, "Ready")) return undefined;
  const facts = devMachineFacts(dev, object, machine, cluster);
  const conditions = devMachineConditions(facts);
  const isUp = (type: string): boolean =>
    conditions.some((each) => each.type === type && each.status === "True");
  const status: Record<string, unknown> = {
    ...recordAt(object, "status"),
    conditions: writtenConditions(object, conditions, new Date()),
  };
  if (isUp("APIServerProvisioned")) await publish(dev, cluster);
  if (isUp("VMProvisioned")) {
    status.initialization = { provisioned: true };
    const spec = { ...recordAt(object, "spec"), providerID: `in-memory://${name}` };
    await management.writeObject(capi.devMachine, object, { ...object, spec });
  }
  await management.writeStatus(capi.devMachine, object, status);
  const next = nextPartMs(facts);
  return next === undefined ? undefined : { requeueAfterMs: next };
}

function devMachineFacts(
  dev: Dev,
  object: Unstructured,
  machine: Unstructured,
  cluster: Unstructured,
): DevMachineFacts {
  const { management, stopwatch } = dev;
  const { name, namespace = "" } = object.metadata;
  const isControlPlane = object.metadata.labels?.[CONTROL_PLANE_LABEL] !== undefined;
  const controlPlaneInitialized = isTrueAt(cluster, "status", "initialization", "controlPlaneInitialized");
  const siblings = management
    .ofCluster(capi.machine, namespace, cluster.metadata.name)
    .filter((each) => group(each) === group(machine));
  const version = textAt(machine, "spec", "version");
  const budgetMs = machineBudgetMs(
    {
      isControlPlane,
      controlPlaneInitialized,
      siblings: siblings.length - 1,
      isRollout: siblings.some((each) => textAt(each, "spec", "version") !== version),
    },
    management.durations(),
  );
  const facts: DevMachineFacts = {
    isControlPlane,
    controlPlaneInitialized,
    bootstrapped: textAt(machine, "spec", "bootstrap", "dataSecretName") !== undefined,
    elapsedMs: 0,
    budgetMs,
  };
  if (!isStarted(facts)) return facts;
  return { ...facts, elapsedMs: stopwatch.elapsed(`machine/${namespace}/${name}`, "start") };
}

/** Machines of one control plane or one deployment. */
function group(machine: Unstructured): string {
  const labels = machine.metadata.labels ?? {};
  return labels[CONTROL_PLANE_LABEL] === undefined ? (labels[DEPLOYMENT_NAME_LABEL] ?? "") : "control plane";
}

function controllerRefOf(machine: Unstructured, object: Unstructured): ReturnType<typeof controllerRef> {
  // One controller at most: the MachineSet or control plane that made the object keeps that place.
  const isTaken = object.metadata.ownerReferences?.some((each) => each.controller === true) === true;
  return { ...controllerRef(machine), ...(isTaken ? { controller: false } : {}) };
}

/** The first API server that is up makes the cluster reachable. */
async function publish(dev: Dev, cluster: Unstructured): Promise<void> {
  const controlPlane = controlPlaneOf(dev, cluster);
  if (controlPlane === undefined) return;
  await dev.workloads.ensure(cluster, controlPlane, textAt(controlPlane, "spec", "version"));
}
