import { isProvisioned } from "./cluster-status.ts";
import { conditionOf, said, writtenConditions, writtenOldConditions } from "./conditions.ts";
import type { OldSaid, Said } from "./conditions.ts";
import { CONTROL_PLANE_LABEL } from "./kinds.ts";
import { controlPlaneMachineConditions } from "./control-plane-machine.ts";
import type { MachineFacts } from "./machine-facts.ts";
import { readyCondition } from "./machine-ready.ts";
import { lastSuccessMessage } from "./messages.ts";
import { bothNodeConditions, nodeConditionsOf } from "./node-conditions.ts";
import { at, isTrueAt, listAt, recordAt, textAt } from "./read.ts";
import type { Unstructured } from "../runtime/objects.ts";

type Json = Record<string, unknown>;

const NOT_INITIALIZED = "Waiting for Cluster control plane to be initialized";

/** A Machine's whole status, with Cluster API 1.14's reasons and messages. */
export function machineStatus(facts: MachineFacts): Json {
  const { machine, node, now } = facts;
  const before = listAt(machine, "status", "deprecated", "v1beta1", "conditions");
  const phase = machinePhase(facts);
  const changed = phase !== textAt(machine, "status", "phase");
  const initialization: Json = { ...recordAt(machine, "status", "initialization") };
  if (isBootstrapped(facts)) initialization.bootstrapDataSecretCreated = true;
  if (isProvisioned(facts.infrastructure)) initialization.infrastructureProvisioned = true;
  return {
    ...recordAt(machine, "status"),
    conditions: writtenConditions(machine, machineConditions(facts), now),
    deprecated: { v1beta1: { conditions: writtenOldConditions(before, oldConditions(facts), now) } },
    initialization,
    phase,
    lastUpdated: changed ? now.toISOString().replace(/\.\d+Z$/, "Z") : at(machine, "status", "lastUpdated"),
    observedGeneration: machine.metadata.generation,
    nodeRef: node === undefined ? at(machine, "status", "nodeRef") : { name: node.name },
    nodeInfo:
      node === undefined
        ? at(machine, "status", "nodeInfo")
        : { kubeletVersion: node.kubeletVersion, operatingSystem: "linux", architecture: "amd64" },
  };
}

/** Pending → Provisioning (bootstrap secret) → Provisioned (providerID) → Running (node) → Deleting. */
export function machinePhase(facts: MachineFacts): string {
  if (facts.machine.metadata.deletionTimestamp !== undefined) return "Deleting";
  if (facts.node !== undefined || at(facts.machine, "status", "nodeRef") !== undefined) return "Running";
  if (isProvisioned(facts.infrastructure)) return "Provisioned";
  return isBootstrapped(facts) ? "Provisioning" : "Pending";
}

/** The conditions, in the recorded order. */
export function machineConditions(facts: MachineFacts): Said[] {
  const { machine, wantedVersion } = facts;
  const version = textAt(machine, "spec", "version") ?? "";
  const upToDate =
    wantedVersion === undefined || wantedVersion === version
      ? said("UpToDate", "True", "UpToDate")
      : said("UpToDate", "False", "NotUpToDate", `* Version ${version}, ${wantedVersion} required`);
  const bootstrap = bootstrapReady(facts);
  const infrastructure = infrastructureReady(facts);
  const node = nodeConditions(facts);
  const controlPlane = isControlPlane(machine)
    ? controlPlaneMachineConditions(facts, waitingForNode(facts))
    : [];
  const deleting = deletingCondition(facts);
  const ready = readyCondition(deleting, bootstrap, infrastructure, node[0], controlPlane);
  const available =
    ready.status === "True" ? said("Available", "True", "Available") : said("Available", "False", "NotReady");
  return [
    available,
    ready,
    upToDate,
    bootstrap,
    infrastructure,
    ...node,
    ...controlPlane,
    said("Updating", "False", "NotUpdating"),
    said("Paused", "False", "NotPaused"),
    deleting,
  ];
}

/** Whether a Machine belongs to the control plane. */
export function isControlPlane(machine: Unstructured): boolean {
  return machine.metadata.labels?.[CONTROL_PLANE_LABEL] !== undefined;
}

/** How far a Machine's deletion is: infrastructure first, then the bootstrap config. */
export function machineDeletion(facts: MachineFacts): {
  reason: string;
  message: string;
  left?: Unstructured;
} {
  for (const [object, reason] of [
    [facts.infrastructure, "WaitingForInfrastructureDeletion"],
    [facts.bootstrap, "WaitingForBootstrapDeletion"],
  ] as const) {
    if (object !== undefined)
      return { reason, message: `Waiting for ${object.kind} to be deleted`, left: object };
  }
  return { reason: "DeletionCompleted", message: "Deletion completed" };
}

function isBootstrapped({ bootstrap }: MachineFacts): boolean {
  return isTrueAt(bootstrap, "status", "initialization", "dataSecretCreated");
}

function isClusterInitialized({ cluster }: MachineFacts): boolean {
  return isTrueAt(cluster, "status", "initialization", "controlPlaneInitialized");
}

function bootstrapReady(facts: MachineFacts): Said {
  const type = "BootstrapConfigReady";
  if (facts.bootstrap === undefined && facts.machine.metadata.deletionTimestamp !== undefined)
    return said(type, "False", "ObjectDeleted", "KubeadmConfig has been deleted");
  const reported = conditionOf(facts.bootstrap, "Ready");
  if (reported !== undefined) return { ...reported, type };
  return isBootstrapped(facts)
    ? said(type, "True", "Ready")
    : said(type, "False", "NotReady", "KubeadmConfig status.initialization.dataSecretCreated is false");
}

function infrastructureReady({ machine, infrastructure }: MachineFacts): Said {
  const type = "InfrastructureReady";
  const deleting = machine.metadata.deletionTimestamp !== undefined;
  if (infrastructure === undefined) {
    const still = deleting ? "" : " while the Machine still exists";
    return said(type, "False", "ObjectDeleted", `DevMachine has been deleted${still}`);
  }
  const reported = conditionOf(infrastructure, "Ready");
  if (reported !== undefined) return { ...reported, type };
  return said(type, "False", "NotReady", "DevMachine status.initialization.provisioned is false");
}

/** What a node is still waited for; undefined when it is there. */
function waitingForNode(facts: MachineFacts): string | undefined {
  const { infrastructure, machine, node } = facts;
  if (!isClusterInitialized(facts)) return NOT_INITIALIZED;
  const providerId = textAt(infrastructure, "spec", "providerID") ?? textAt(machine, "spec", "providerID");
  if (providerId === undefined) return "Waiting for DevMachine to report spec.providerID";
  return node === undefined ? `Waiting for a Node with spec.providerID ${providerId} to exist` : undefined;
}

function nodeConditions(facts: MachineFacts): [Said, Said] {
  const { node, machine, contact } = facts;
  const had = textAt(machine, "status", "nodeRef", "name");
  const isDeleting = machine.metadata.deletionTimestamp !== undefined;
  if (isClusterInitialized(facts)) {
    if (contact.state === "down")
      return bothNodeConditions("Unknown", "ConnectionDown", lastSuccessMessage(contact.lastSuccess));
    const kept = contact.state === "unsure" ? keptNodeConditions(machine) : undefined;
    if (kept !== undefined) return kept;
  }
  if (node === undefined && had !== undefined) {
    const still = isDeleting ? "" : " while the Machine still exists";
    return bothNodeConditions("False", "NodeDeleted", `Node ${had} has been deleted${still}`);
  }
  const waiting = waitingForNode(facts);
  if (waiting === undefined && node !== undefined) return nodeConditionsOf(node);
  return isDeleting
    ? bothNodeConditions("Unknown", "NodeDoesNotExist", "Node does not exist")
    : bothNodeConditions("Unknown", "InspectionFailed", waiting ?? NOT_INITIALIZED);
}

/** What was said stands while the API server is out of reach for a moment. */
function keptNodeConditions(machine: Unstructured): [Said, Said] | undefined {
  const [healthy, ready] = [conditionOf(machine, "NodeHealthy"), conditionOf(machine, "NodeReady")];
  return healthy === undefined || ready === undefined ? undefined : [healthy, ready];
}

function deletingCondition(facts: MachineFacts): Said {
  if (facts.machine.metadata.deletionTimestamp === undefined) return said("Deleting", "False", "NotDeleting");
  const { reason, message } = machineDeletion(facts);
  return said("Deleting", "True", reason, message);
}

function oldConditions(facts: MachineFacts): OldSaid[] {
  const bootstrapped = isBootstrapped(facts);
  const infrastructure = infrastructureReady(facts);
  const isReady = infrastructure.status === "True";
  const done = `${String(Number(bootstrapped) + Number(isReady))} of 2 completed`;
  const reason = bootstrapped ? "WaitingForStartupTimeout" : "WaitingForInfrastructure";
  const list: OldSaid[] = [
    isReady && bootstrapped
      ? { type: "Ready", status: "True" }
      : { type: "Ready", status: "False", severity: "Info", reason, message: done },
    bootstrapped
      ? { type: "BootstrapReady", status: "True" }
      : { type: "BootstrapReady", status: "False", severity: "Info", reason: "WaitingForDataSecret" },
    isReady
      ? { type: "InfrastructureReady", status: "True" }
      : {
          type: "InfrastructureReady",
          status: "False",
          severity: "Info",
          reason: "WaitingForInfrastructure",
        },
  ];
  return facts.node?.ready === true ? [...list, { type: "NodeHealthy", status: "True" }] : list;
}
