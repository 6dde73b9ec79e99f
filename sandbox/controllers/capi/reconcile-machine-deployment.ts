import { hasFault } from "../faults.ts";
import { controllerRef, parseKey } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { writtenConditions } from "./conditions.ts";
import { clusterOf } from "./core.ts";
import type { Core } from "./core.ts";
import { CLUSTER_NAME_LABEL, DEPLOYMENT_NAME_LABEL, capi } from "./kinds.ts";
import { machineDeploymentStatus, rolloutPlan } from "./machine-deployment-status.ts";
import type { MachineDeploymentFacts } from "./machine-deployment-status.ts";
import { suffix } from "./make-machine.ts";
import { isPaused, pausedCondition } from "./paused.ts";
import { recordAt, textAt } from "./read.ts";

const FINALIZER = "cluster.x-k8s.io/machinedeployment";

/** Rolls one MachineDeployment: a MachineSet per template, sizes step by step, old ones away. */
export async function reconcileMachineDeployment(core: Core, key: string): Promise<undefined> {
  const { namespace = "", name } = parseKey(key);
  const { management } = core;
  const deployment = management.get(capi.machineDeployment, name, namespace);
  const clusterName = textAt(deployment, "spec", "clusterName") ?? "";
  const cluster = deployment && clusterOf(core, deployment, clusterName);
  if (deployment === undefined || cluster === undefined) return;
  if (isPaused(cluster, deployment)) {
    const conditions = writtenConditions(deployment, [pausedCondition(cluster, deployment)], new Date());
    const status = { ...recordAt(deployment, "status"), conditions };
    await management.writeStatus(capi.machineDeployment, deployment, status);
    return;
  }
  const facts: MachineDeploymentFacts = {
    deployment,
    machineSets: management
      .ofCluster(capi.machineSet, namespace, clusterName)
      .filter((each) => isOf(each, deployment)),
    machines: management
      .ofCluster(capi.machine, namespace, clusterName)
      .filter((each) => each.metadata.labels?.[DEPLOYMENT_NAME_LABEL] === name),
    stuck: hasFault("upgrade-stuck", cluster, deployment),
    now: new Date(),
  };
  await management.writeStatus(capi.machineDeployment, deployment, machineDeploymentStatus(facts));
  if (deployment.metadata.deletionTimestamp !== undefined) {
    for (const each of facts.machineSets) await management.remove(capi.machineSet, each);
    if (facts.machineSets.length === 0)
      await management.removeFinalizer(capi.machineDeployment, deployment, FINALIZER);
    return;
  }
  await adopt(core, deployment, cluster);
  await applyPlan(core, facts);
}

async function adopt({ management }: Core, deployment: Unstructured, cluster: Unstructured): Promise<void> {
  const { name, uid = "" } = cluster.metadata;
  const adopted = await management.ensureMetadata(capi.machineDeployment, deployment, {
    finalizer: FINALIZER,
    labels: { [CLUSTER_NAME_LABEL]: name },
    owner: { apiVersion: cluster.apiVersion, kind: "Cluster", name, uid },
  });
  // What the defaulting webhook adds where there is one.
  const labels = labelsOf(deployment, name);
  const spec = recordAt(adopted, "spec");
  const template = recordAt(spec, "template");
  const filled = {
    replicas: 1,
    ...spec,
    rollout: spec.rollout ?? {
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    },
    selector: { matchLabels: { ...recordAt(spec, "selector", "matchLabels"), ...labels } },
    template: {
      ...template,
      metadata: {
        ...recordAt(template, "metadata"),
        labels: { ...recordAt(template, "metadata", "labels"), ...labels },
      },
    },
  };
  await management.writeObject(capi.machineDeployment, adopted, { ...adopted, spec: filled });
}

async function applyPlan({ management }: Core, facts: MachineDeploymentFacts): Promise<void> {
  const { deployment } = facts;
  const { namespace } = deployment.metadata;
  const plan = rolloutPlan(facts);
  if (plan.create) {
    const made = await management.create(capi.machineSet, newMachineSet(facts));
    const message = `Created MachineSet ${namespace ?? ""}/${made.metadata.name}`;
    management.events.record(deployment, { type: "Normal", reason: "SuccessfulCreate", message });
  }
  for (const [name, replicas] of plan.resize)
    await management.client.patch(capi.machineSet, name, namespace, { spec: { replicas } });
  for (const each of plan.remove) await management.remove(capi.machineSet, each);
}

function newMachineSet({ deployment, machineSets }: MachineDeploymentFacts): {
  metadata: Unstructured["metadata"];
  spec: unknown;
} {
  const { name, namespace } = deployment.metadata;
  const hash = suffix();
  const clusterName = textAt(deployment, "spec", "clusterName") ?? "";
  const labels = { ...labelsOf(deployment, clusterName), "machine-template-hash": hash };
  const template = recordAt(deployment, "spec", "template");
  return {
    metadata: { name: `${name}-${hash}`, namespace, labels, ownerReferences: [controllerRef(deployment)] },
    spec: {
      clusterName,
      // With old sets to replace it starts empty and grows by the plan.
      replicas: machineSets.length > 0 ? 0 : (deployment.spec as { replicas?: number }).replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: recordAt(template, "spec") },
    },
  };
}

function labelsOf(deployment: Unstructured, cluster: string): Record<string, string> {
  return { [CLUSTER_NAME_LABEL]: cluster, [DEPLOYMENT_NAME_LABEL]: deployment.metadata.name };
}

function isOf(machineSet: Unstructured, deployment: Unstructured): boolean {
  return machineSet.metadata.ownerReferences?.some((owner) => owner.uid === deployment.metadata.uid) === true;
}
