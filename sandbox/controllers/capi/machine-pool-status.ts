import { isProvisioned } from "./cluster-status.ts";
import { said, writtenConditions, writtenOldConditions } from "./conditions.ts";
import type { OldSaid } from "./conditions.ts";
import { REPLICAS_MANAGED_BY_ANNOTATION } from "./kinds.ts";
import type { NodeView } from "./node-view.ts";
import { at, isTrueAt, listAt, numberAt, recordAt, refAt, textAt } from "./read.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { countVersions } from "./versions.ts";

type Json = Record<string, unknown>;

/** Everything a MachinePool's status is computed from. */
export interface MachinePoolFacts {
  pool: Unstructured;
  infrastructure: Unstructured | undefined;
  /** The workload cluster's Nodes that belong to the pool. */
  nodes: readonly NodeView[];
  now: Date;
}

/**
 * A MachinePool's status as Cluster API 1.14 writes it for a managed pool: no v1beta2 condition but `Paused`,
 * ready and available replicas that merely repeat `replicas`, and the real ones under `deprecated.v1beta1`.
 */
export function machinePoolStatus(facts: MachinePoolFacts): Json {
  const { pool, infrastructure, nodes, now } = facts;
  const replicas = numberAt(infrastructure, "status", "replicas") ?? 0;
  const ready = nodes.filter((node) => node.ready).length;
  const initialization: Json = { ...recordAt(pool, "status", "initialization") };
  if (hasBootstrap(pool)) initialization.bootstrapDataSecretCreated = true;
  if (isProvisioned(infrastructure)) initialization.infrastructureProvisioned = true;
  const before = listAt(pool, "status", "deprecated", "v1beta1", "conditions");
  const versions = countVersions(nodes.map((node) => node.kubeletVersion));
  return {
    ...recordAt(pool, "status"),
    conditions: writtenConditions(pool, [said("Paused", "False", "NotPaused")], now),
    initialization,
    replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
    upToDateReplicas: numberAt(pool, "spec", "replicas") ?? 0,
    versions: versions.length > 0 ? versions : undefined,
    nodeRefs: nodes.length > 0 ? nodes.map(nodeRef) : undefined,
    phase: phaseOf(facts, initialization, ready),
    observedGeneration: pool.metadata.generation,
    deprecated: {
      v1beta1: {
        conditions: writtenOldConditions(before, oldConditions(facts), now),
        readyReplicas: ready,
        availableReplicas: ready,
        unavailableReplicas: Math.max(0, replicas - ready),
      },
    },
  };
}

/** A status that leaves what the Nodes said as it was, for an API server that cannot be asked. */
export function withKeptNodes(pool: Unstructured, status: Json): Json {
  const isDeleting = pool.metadata.deletionTimestamp !== undefined;
  const before = recordAt(pool, "status", "deprecated", "v1beta1");
  const { conditions } = recordAt(status, "deprecated", "v1beta1");
  return {
    ...status,
    versions: at(pool, "status", "versions"),
    nodeRefs: at(pool, "status", "nodeRefs"),
    phase: isDeleting ? status.phase : (at(pool, "status", "phase") ?? status.phase),
    deprecated: { v1beta1: { ...recordAt(status, "deprecated", "v1beta1"), ...before, conditions } },
  };
}

/** Whether the pool needs no further look: its nodes are there, ready, and of the infrastructure's version. */
export function isSettled({ pool, infrastructure, nodes }: MachinePoolFacts): boolean {
  const replicas = numberAt(infrastructure, "status", "replicas");
  const wanted = textAt(pool, "spec", "template", "spec", "version");
  return (
    replicas === nodes.length &&
    nodes.every((node) => node.ready && (wanted === undefined || node.kubeletVersion === wanted))
  );
}

function hasBootstrap(pool: Unstructured): boolean {
  const bootstrap = recordAt(pool, "spec", "template", "spec", "bootstrap");
  return typeof bootstrap.dataSecretName === "string" || refAt(bootstrap, "configRef") !== undefined;
}

/** `reconcilePhase` of Cluster API: later lines win. */
function phaseOf({ pool, nodes }: MachinePoolFacts, initialization: Json, ready: number): string {
  const desired = numberAt(pool, "spec", "replicas") ?? 0;
  const provisioned = isTrueAt(initialization, "infrastructureProvisioned");
  const managed = pool.metadata.annotations?.[REPLICAS_MANAGED_BY_ANNOTATION] !== undefined;
  let phase = "Pending";
  if (isTrueAt(initialization, "bootstrapDataSecretCreated") && !provisioned) phase = "Provisioning";
  if (nodes.length > 0) phase = "Provisioned";
  if (provisioned && desired === ready) phase = "Running";
  if (provisioned && desired > ready) phase = managed ? "Scaling" : "ScalingUp";
  if (provisioned && desired < ready) phase = managed ? "Scaling" : "ScalingDown";
  return pool.metadata.deletionTimestamp === undefined ? phase : "Deleting";
}

function oldConditions({ pool, infrastructure }: MachinePoolFacts): OldSaid[] {
  const kind = refAt(pool, "spec", "template", "spec", "infrastructureRef")?.kind ?? "";
  const name = refAt(pool, "spec", "template", "spec", "infrastructureRef")?.name ?? "";
  const reported = listAt(infrastructure, "status", "conditions").find(
    (each) => textAt(each, "type") === "Ready",
  );
  const infra: OldSaid =
    infrastructure === undefined
      ? {
          type: "InfrastructureReady",
          status: "False",
          severity: "Error",
          reason: "IncorrectExternalRef",
          message: `could not find infra reference of kind ${kind} with name ${name}`,
        }
      : reported !== undefined
        ? { ...(reported as OldSaid), type: "InfrastructureReady" }
        : isProvisioned(infrastructure)
          ? { type: "InfrastructureReady", status: "True" }
          : {
              type: "InfrastructureReady",
              status: "False",
              severity: "Info",
              reason: "WaitingForInfrastructure",
            };
  const bootstrap: OldSaid = hasBootstrap(pool)
    ? { type: "BootstrapReady", status: "True" }
    : { type: "BootstrapReady", status: "False", severity: "Info", reason: "WaitingForDataSecret" };
  const bad = [bootstrap, infra].find((each) => each.status !== "True");
  return [{ ...(bad ?? { status: "True" as const }), type: "Ready" }, bootstrap, infra];
}

function nodeRef(node: NodeView): Json {
  return { apiVersion: "v1", kind: "Node", name: node.name, uid: node.uid };
}
