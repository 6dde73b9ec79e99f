import { parseKey } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { clusterDeletion } from "./cluster-deletion.ts";
import type { ClusterFacts, Referenced } from "./cluster-facts.ts";
import { clusterStatus } from "./cluster-status.ts";
import { writtenConditions } from "./conditions.ts";
import { probeOf } from "./core.ts";
import type { Core } from "./core.ts";
import { CLUSTER_NAME_LABEL, CONTROL_PLANE_LABEL, capi, kindNamed } from "./kinds.ts";
import { pausedCondition } from "./paused.ts";
import { at, isTrueAt, recordAt, refAt, textAt } from "./read.ts";

const FINALIZER = "cluster.cluster.x-k8s.io";

/** A referenced object that is not there yet is looked for this often. */
const MISSING_MS = 2_000;

/** Brings one Cluster forward: pausing, adoption of its parts, status, endpoint, deletion in order. */
export async function reconcileCluster(
  core: Core,
  key: string,
): Promise<{ requeueAfterMs?: number } | undefined> {
  const { namespace = "", name } = parseKey(key);
  const { management } = core;
  const cluster = management.get(capi.cluster, name, namespace);
  if (cluster === undefined) {
    core.prober.forget(namespace, name);
    return undefined;
  }
  // ClusterClass is no part of the sandbox: such a Cluster is left alone.
  if (at(cluster, "spec", "topology") !== undefined) return undefined;
  const paused = pausedCondition(cluster, cluster);
  if (paused.status === "True") {
    // A paused Cluster says so and nothing else: its generation and its other conditions freeze.
    const conditions = writtenConditions(cluster, [paused], new Date());
    await management.writeStatus(capi.cluster, cluster, { ...recordAt(cluster, "status"), conditions });
    return undefined;
  }
  const deleting = cluster.metadata.deletionTimestamp !== undefined;
  if (!deleting) await management.ensureMetadata(capi.cluster, cluster, { finalizer: FINALIZER });
  const facts = clusterFacts(core, cluster);
  if (!deleting) await adoptParts(core, facts);
  const status = clusterStatus(facts);
  note(core, cluster, status);
  await management.writeStatus(capi.cluster, cluster, status);
  if (deleting) return remove(core, facts);
  await copyEndpoint(core, facts);
  const missing = [facts.infrastructure, facts.controlPlane].some(
    (part) => part !== undefined && part.object === undefined,
  );
  return missing ? { requeueAfterMs: MISSING_MS } : undefined;
}

/** Everything known of a Cluster, from the caches. */
function clusterFacts(core: Core, cluster: Unstructured): ClusterFacts {
  const { management } = core;
  const { name, namespace = "" } = cluster.metadata;
  const machines = management.ofCluster(capi.machine, namespace, name);
  const isControlPlane = (machine: Unstructured): boolean =>
    machine.metadata.labels?.[CONTROL_PLANE_LABEL] !== undefined;
  return {
    cluster,
    infrastructure: referenced(core, cluster, "infrastructureRef"),
    controlPlane: referenced(core, cluster, "controlPlaneRef"),
    machinePools: management.ofCluster(capi.machinePool, namespace, name),
    machineDeployments: management.ofCluster(capi.machineDeployment, namespace, name),
    machineSets: management.ofCluster(capi.machineSet, namespace, name),
    controlPlaneMachines: machines.filter(isControlPlane),
    workerMachines: machines.filter((machine) => !isControlPlane(machine)),
    probe: probeOf(core, cluster),
    now: new Date(),
  };
}

function referenced(core: Core, cluster: Unstructured, field: string): Referenced | undefined {
  const ref = refAt(cluster, "spec", field);
  if (ref === undefined) return undefined;
  const kind = kindNamed(ref.kind);
  const object = kind && core.management.get(kind, ref.name, cluster.metadata.namespace);
  return { ...ref, object };
}

async function adoptParts({ management }: Core, facts: ClusterFacts): Promise<void> {
  const { cluster } = facts;
  const { name, uid = "" } = cluster.metadata;
  const owner = { apiVersion: cluster.apiVersion, kind: "Cluster", name, uid };
  for (const part of [facts.infrastructure, facts.controlPlane]) {
    const kind = part && kindNamed(part.kind);
    if (
      kind === undefined ||
      part?.object === undefined ||
      part.object.metadata.deletionTimestamp !== undefined
    )
      continue;
    await management.ensureMetadata(kind, part.object, { owner, labels: { [CLUSTER_NAME_LABEL]: name } });
  }
}

/** Copies the endpoint from the infrastructure, or from a control plane that has its own. */
async function copyEndpoint({ management }: Core, facts: ClusterFacts): Promise<void> {
  const { cluster } = facts;
  if (textAt(cluster, "spec", "controlPlaneEndpoint", "host") !== undefined) return;
  const sources = [
    recordAt(facts.infrastructure?.object, "spec", "controlPlaneEndpoint"),
    recordAt(facts.controlPlane?.object, "spec", "controlPlaneEndpoint"),
  ];
  const endpoint = sources.find((each) => typeof each.host === "string" && each.host !== "");
  if (endpoint === undefined) return;
  const { name, namespace } = cluster.metadata;
  await management.client.patch(capi.cluster, name, namespace, {
    spec: { controlPlaneEndpoint: { host: endpoint.host, port: endpoint.port } },
  });
}

async function remove({ management, prober }: Core, facts: ClusterFacts): Promise<undefined> {
  const { cluster } = facts;
  const step = clusterDeletion(facts);
  for (const object of step.remove) {
    const kind = kindNamed(object.kind);
    if (kind !== undefined) await management.remove(kind, object);
  }
  if (step.reason !== "DeletionCompleted") return undefined;
  prober.forget(cluster.metadata.namespace ?? "", cluster.metadata.name);
  await management.removeFinalizer(capi.cluster, cluster, FINALIZER);
  return undefined;
}

function note({ management }: Core, cluster: Unstructured, status: Record<string, unknown>): void {
  const { name } = cluster.metadata;
  const phase = textAt(status, "phase") ?? "";
  if (phase !== textAt(cluster, "status", "phase"))
    management.events.record(cluster, {
      type: "Normal",
      reason: phase,
      message: `Cluster ${name} is ${phase}`,
    });
  for (const [flag, reason, word] of [
    ["infrastructureProvisioned", "InfrastructureReady", "InfrastructureProvisioned"],
    ["controlPlaneInitialized", "ControlPlaneInitialized", "ControlPlaneInitialized"],
  ] as const) {
    if (!isTrueAt(status, "initialization", flag) || isTrueAt(cluster, "status", "initialization", flag))
      continue;
    management.events.record(cluster, {
      type: "Normal",
      reason,
      message: `Cluster ${name} ${word} is now True`,
    });
  }
}
