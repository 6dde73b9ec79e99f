import { parseKey } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { said, writtenConditions } from "./conditions.ts";
import { clusterOf, lostContact, nodesOf } from "./core.ts";
import type { Core } from "./core.ts";
import { DEPLOYMENT_NAME_LABEL, capi, kindNamed } from "./kinds.ts";
import { isControlPlane, machineDeletion, machineStatus } from "./machine-status.ts";
import type { MachineFacts } from "./machine-facts.ts";
import { isPaused, pausedCondition } from "./paused.ts";
import { isTrueAt, recordAt, refAt, textAt } from "./read.ts";

const FINALIZER = "machine.cluster.x-k8s.io";

/** Nodes come without an event on the management cluster. */
const LOOK_MS = 700;
const UNREADY_LOOK_MS = 10_000;
const IDLE_LOOK_MS = 60_000;

/** Brings one Machine forward: bootstrap data, provider id, node, status, deletion. */
export async function reconcileMachine(
  core: Core,
  key: string,
): Promise<{ requeueAfterMs?: number } | undefined> {
  const { namespace = "", name } = parseKey(key);
  const { management } = core;
  const machine = management.get(capi.machine, name, namespace);
  const clusterName = textAt(machine, "spec", "clusterName");
  if (machine === undefined || clusterName === undefined) return undefined;
  const cluster = clusterOf(core, machine, clusterName);
  if (isPaused(cluster, machine)) {
    const conditions = writtenConditions(machine, [pausedCondition(cluster, machine)], new Date());
    await management.writeStatus(capi.machine, machine, { ...recordAt(machine, "status"), conditions });
    return undefined;
  }
  const facts = await machineFacts(core, machine, cluster);
  if (machine.metadata.deletionTimestamp !== undefined) return remove(core, facts);
  await management.ensureMetadata(capi.machine, machine, { finalizer: FINALIZER });
  if (facts.bootstrap !== undefined) await bootstrap(core, facts, facts.bootstrap);
  await fillSpec(core, facts);
  await management.writeStatus(capi.machine, machine, machineStatus(facts));
  if (providerIdOf(facts) === undefined) return undefined;
  if (facts.contact.state !== "up")
    return { requeueAfterMs: Math.min(UNREADY_LOOK_MS, core.prober.settings.conditionsGraceMs) };
  if (facts.node === undefined) return { requeueAfterMs: LOOK_MS };
  return { requeueAfterMs: facts.node.ready ? IDLE_LOOK_MS : UNREADY_LOOK_MS };
}

async function machineFacts(
  core: Core,
  machine: Unstructured,
  cluster: Unstructured | undefined,
): Promise<MachineFacts> {
  const { management } = core;
  const { namespace = "" } = machine.metadata;
  const part = (...path: string[]): Unstructured | undefined => {
    const ref = refAt(machine, ...path);
    const kind = ref && kindNamed(ref.kind);
    return kind && management.get(kind, ref.name, namespace);
  };
  const facts: MachineFacts = {
    machine,
    cluster,
    infrastructure: part("spec", "infrastructureRef"),
    bootstrap: part("spec", "bootstrap", "configRef"),
    node: undefined,
    contact: { state: "up" },
    wantedVersion: wantedVersion(core, machine, cluster),
    now: new Date(),
  };
  const providerId = providerIdOf(facts);
  if (providerId === undefined || cluster === undefined) return facts;
  const nodes = await nodesOf(core, namespace, cluster.metadata.name);
  if (nodes === undefined) return { ...facts, contact: lostContact(core, cluster) };
  return { ...facts, node: nodes.find((node) => node.providerId === providerId) };
}

function providerIdOf({ infrastructure, machine }: MachineFacts): string | undefined {
  return textAt(infrastructure, "spec", "providerID") ?? textAt(machine, "spec", "providerID");
}

function wantedVersion(
  { management }: Core,
  machine: Unstructured,
  cluster: Unstructured | undefined,
): string | undefined {
  const { namespace, labels = {} } = machine.metadata;
  if (isControlPlane(machine)) {
    const ref = refAt(cluster, "spec", "controlPlaneRef");
    return textAt(ref && management.get(capi.kubeadmControlPlane, ref.name, namespace), "spec", "version");
  }
  const deployment = management.get(capi.machineDeployment, labels[DEPLOYMENT_NAME_LABEL] ?? "", namespace);
  return textAt(deployment, "spec", "template", "spec", "version");
}

/** The kubeadm bootstrap provider: workers wait for the control plane, and so do its later machines. */
async function bootstrap({ management }: Core, facts: MachineFacts, config: Unstructured): Promise<void> {
  const { cluster, machine } = facts;
  const provisioned = isTrueAt(cluster, "status", "initialization", "infrastructureProvisioned");
  const initialized = isTrueAt(cluster, "status", "initialization", "controlPlaneInitialized");
  const done = provisioned && (initialized || isControlPlane(machine));
  const waiting =
    "* DataSecretAvailable: Waiting for Cluster control plane to be initialized\n* CertificatesAvailable: Condition not yet reported";
  const ready = done ? said("Ready", "True", "Ready") : said("Ready", "False", "NotReady", waiting);
  await management.writeStatus(capi.kubeadmConfig, config, {
    ...recordAt(config, "status"),
    conditions: writtenConditions(config, [ready], facts.now),
    ...(done ? { dataSecretName: machine.metadata.name, initialization: { dataSecretCreated: true } } : {}),
    observedGeneration: config.metadata.generation,
  });
}

/** Copies the bootstrap secret's name and the provider id once they are known. */
async function fillSpec({ management }: Core, facts: MachineFacts): Promise<void> {
  const { machine, bootstrap: config } = facts;
  const spec = { ...recordAt(machine, "spec") };
  const secret = textAt(config, "status", "dataSecretName");
  if (secret !== undefined) spec.bootstrap = { ...recordAt(spec, "bootstrap"), dataSecretName: secret };
  const providerId = textAt(facts.infrastructure, "spec", "providerID");
  if (providerId !== undefined) spec.providerID = providerId;
  await management.writeObject(capi.machine, machine, { ...machine, spec });
}

async function remove({ management }: Core, facts: MachineFacts): Promise<undefined> {
  const { machine } = facts;
  await management.writeStatus(capi.machine, machine, machineStatus(facts));
  const { left } = machineDeletion(facts);
  const kind = left && kindNamed(left.kind);
  if (kind !== undefined && left !== undefined) await management.remove(kind, left);
  else await management.removeFinalizer(capi.machine, machine, FINALIZER);
  return undefined;
}
