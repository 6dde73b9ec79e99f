import { parseKey } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { writtenConditions } from "./conditions.ts";
import { clusterOf } from "./core.ts";
import type { Core } from "./core.ts";
import { capi, kindNamed } from "./kinds.ts";
import { machineSetPlan, machineSetStatus } from "./machine-set-status.ts";
import type { MachineSetFacts } from "./machine-set-status.ts";
import { makeMachine } from "./make-machine.ts";
import { isPaused, pausedCondition } from "./paused.ts";
import { recordAt, refAt, textAt } from "./read.ts";

const FINALIZER = "cluster.x-k8s.io/machineset";

/** Keeps one MachineSet's Machines at their number, unless a preflight check holds it. */
export async function reconcileMachineSet(core: Core, key: string): Promise<undefined> {
  const { namespace = "", name } = parseKey(key);
  const { management } = core;
  const machineSet = management.get(capi.machineSet, name, namespace);
  const cluster = machineSet && clusterOf(core, machineSet, textAt(machineSet, "spec", "clusterName") ?? "");
  if (machineSet === undefined || cluster === undefined) return;
  if (isPaused(cluster, machineSet)) {
    const conditions = writtenConditions(machineSet, [pausedCondition(cluster, machineSet)], new Date());
    await management.writeStatus(capi.machineSet, machineSet, {
      ...recordAt(machineSet, "status"),
      conditions,
    });
    return;
  }
  const ref = refAt(cluster, "spec", "controlPlaneRef");
  const kind = ref && kindNamed(ref.kind);
  const facts: MachineSetFacts = {
    machineSet,
    machines: machinesOf(core, machineSet, cluster),
    controlPlane: kind && management.get(kind, ref.name, namespace),
    now: new Date(),
  };
  await management.writeStatus(capi.machineSet, machineSet, machineSetStatus(facts));
  if (machineSet.metadata.deletionTimestamp !== undefined) {
    for (const machine of facts.machines) await management.remove(capi.machine, machine);
    if (facts.machines.length === 0) await management.removeFinalizer(capi.machineSet, machineSet, FINALIZER);
    return;
  }
  await management.ensureMetadata(capi.machineSet, machineSet, { finalizer: FINALIZER });
  await applyPlan(core, facts, cluster);
}

async function applyPlan(core: Core, facts: MachineSetFacts, cluster: Unstructured): Promise<void> {
  const { machineSet } = facts;
  const plan = machineSetPlan(facts);
  const template = recordAt(machineSet, "spec", "template", "spec");
  for (let made = 0; made < plan.create; made += 1)
    await makeMachine(core, {
      owner: machineSet,
      cluster,
      version: textAt(template, "version") ?? "",
      labels: { ...machineSet.metadata.labels },
      template,
    });
  for (const machine of plan.remove) await core.management.remove(capi.machine, machine);
}

function machinesOf({ management }: Core, machineSet: Unstructured, cluster: Unstructured): Unstructured[] {
  const { namespace = "", uid } = machineSet.metadata;
  return management
    .ofCluster(capi.machine, namespace, cluster.metadata.name)
    .filter((each) => each.metadata.ownerReferences?.some((owner) => owner.uid === uid) === true);
}
