import type { Durations } from "../../contracts.ts";
import { said } from "../capi/conditions.ts";
import type { Said } from "../capi/conditions.ts";
import { worst } from "../capi/messages.ts";

/** What decides a DevMachine's conditions. */
export interface DevMachineFacts {
  isControlPlane: boolean;
  /** The machine's bootstrap data is there. */
  bootstrapped: boolean;
  /** The cluster's control plane is initialized; workers wait for it. */
  controlPlaneInitialized: boolean;
  /** How long the start has lasted; 0 before it. */
  elapsedMs: number;
  /** How long it takes in all. */
  budgetMs: number;
}

interface Part {
  type: string;
  /** Up to which part of the budget it is being started. */
  until: number;
}

const vm: Part = { type: "VMProvisioned", until: 0.5 };
const node: Part = { type: "NodeProvisioned", until: 0.8 };
const etcd: Part = { type: "EtcdProvisioned", until: 1 };
const apiServer: Part = { type: "APIServerProvisioned", until: 1 };

/** The in-memory provider's conditions: each part starts when the one before is up. */
export function devMachineConditions(facts: DevMachineFacts): Said[] {
  const parts = facts.isControlPlane ? [vm, node, etcd, apiServer] : [vm, { ...node, until: 1 }];
  const progress = isStarted(facts) ? facts.elapsedMs / Math.max(1, facts.budgetMs) : 0;
  const conditions = parts.map((part) => {
    if (isStarted(facts) && progress >= part.until) return said(part.type, "True", "Provisioned");
    return said(part.type, "False", waiting(facts, part, progress));
  });
  const issues = conditions.filter((each) => each.status !== "True");
  const status = worst(
    issues.map((each) => each.status),
    "False",
  );
  // The parts have no message of their own: the reason stands for it.
  const message = issues.map((each) => `* ${each.type}: ${each.reason}`).join("\n");
  return [said("Ready", status, status === "True" ? "Ready" : "NotReady", message), ...conditions];
}

/** Whether the virtual machine may start. */
export function isStarted(facts: DevMachineFacts): boolean {
  return facts.bootstrapped && (facts.isControlPlane || facts.controlPlaneInitialized);
}

/** When the next part is up, in milliseconds from now; undefined when all are or none is being started. */
export function nextPartMs(facts: DevMachineFacts): number | undefined {
  if (!isStarted(facts)) return undefined;
  const ends = [0.5, 0.8, 1].map((part) => part * facts.budgetMs - facts.elapsedMs);
  const next = ends.find((left) => left > 0);
  return next === undefined ? undefined : next + 5;
}

/**
 * How long one machine takes: the first of a control plane as long as the control plane, those of a rollout their
 * share of the upgrade, any other a node's time.
 */
export function machineBudgetMs(
  machine: {
    isControlPlane: boolean;
    isRollout: boolean;
    controlPlaneInitialized: boolean;
    siblings: number;
  },
  durations: Durations,
): number {
  if (machine.isRollout) return durations.upgradeMs / Math.max(1, machine.siblings) / 2;
  if (machine.isControlPlane && !machine.controlPlaneInitialized) return durations.controlPlaneMs;
  return durations.nodeMs;
}

function waiting(facts: DevMachineFacts, part: Part, progress: number): string {
  if (part === vm) {
    if (!facts.isControlPlane && !facts.controlPlaneInitialized) return "WaitingForControlPlaneInitialized";
    return facts.bootstrapped ? "WaitingForStartupTimeout" : "WaitingForBootstrapData";
  }
  if (progress < vm.until) return "WaitingForVMProvisioned";
  if (part.type !== node.type && progress < node.until) return "WaitingForNodeProvisioned";
  return "WaitingForStartupTimeout";
}
