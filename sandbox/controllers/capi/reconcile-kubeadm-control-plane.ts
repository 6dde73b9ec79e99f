import { hasFault } from "../faults.ts";
import { parseKey } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { writtenConditions } from "./conditions.ts";
import { clusterOf, downSince, probeOf } from "./core.ts";
import type { Core } from "./core.ts";
import { CONTROL_PLANE_LABEL, capi } from "./kinds.ts";
import { controlPlanePlan, controlPlaneStatus } from "./kubeadm-control-plane-status.ts";
import type { ControlPlaneFacts } from "./kubeadm-control-plane-status.ts";
import { clusterNameOf } from "./management.ts";
import { makeMachine } from "./make-machine.ts";
import { isPaused, pausedCondition } from "./paused.ts";
import { numberAt, recordAt, textAt } from "./read.ts";

const FINALIZER = "kubeadm.controlplane.cluster.x-k8s.io";

/** Brings one KubeadmControlPlane forward, one machine at a time. */
export async function reconcileKubeadmControlPlane(core: Core, key: string): Promise<undefined> {
  const { namespace = "", name } = parseKey(key);
  const { management } = core;
  const controlPlane = management.get(capi.kubeadmControlPlane, name, namespace);
  const cluster = controlPlane && clusterOf(core, controlPlane, clusterNameOf(controlPlane) ?? "");
  // Without its owner reference it waits, as without a Cluster.
  if (controlPlane === undefined || cluster === undefined) return;
  if (isPaused(cluster, controlPlane)) {
    const conditions = writtenConditions(controlPlane, [pausedCondition(cluster, controlPlane)], new Date());
    const status = { ...recordAt(controlPlane, "status"), conditions };
    await management.writeStatus(capi.kubeadmControlPlane, controlPlane, status);
    return;
  }
  const clusterName = cluster.metadata.name;
  const probe = probeOf(core, cluster);
  const facts: ControlPlaneFacts = {
    controlPlane,
    cluster,
    machines: management
      .ofCluster(capi.machine, namespace, clusterName)
      .filter((each) => each.metadata.labels?.[CONTROL_PLANE_LABEL] !== undefined),
    contact: probe.state,
    downSince: downSince(core, probe),
    stuck: hasFault("upgrade-stuck", cluster, controlPlane),
    now: new Date(),
  };
  await management.writeStatus(capi.kubeadmControlPlane, controlPlane, controlPlaneStatus(facts));
  if (controlPlane.metadata.deletionTimestamp !== undefined) {
    for (const machine of facts.machines) await management.remove(capi.machine, machine);
    if (facts.machines.length === 0)
      await management.removeFinalizer(capi.kubeadmControlPlane, controlPlane, FINALIZER);
    return;
  }
  await management.ensureMetadata(capi.kubeadmControlPlane, controlPlane, { finalizer: FINALIZER });
  if (numberAt(controlPlane, "spec", "replicas") === undefined)
    await management.client.patch(capi.kubeadmControlPlane, name, namespace, { spec: { replicas: 1 } });
  await applyPlan(core, facts);
}

async function applyPlan(core: Core, facts: ControlPlaneFacts): Promise<void> {
  const { controlPlane, cluster } = facts;
  const plan = controlPlanePlan(facts);
  if (plan.do === "delete") await core.management.remove(capi.machine, plan.machine);
  if (plan.do !== "create") return;
  await makeMachine(core, {
    owner: controlPlane,
    cluster,
    version: textAt(controlPlane, "spec", "version") ?? "",
    labels: labelsOf(controlPlane),
    template: recordAt(controlPlane, "spec", "machineTemplate", "spec"),
  });
}

function labelsOf(controlPlane: Unstructured): Record<string, string> {
  return { [CONTROL_PLANE_LABEL]: "", "cluster.x-k8s.io/control-plane-name": controlPlane.metadata.name };
}
