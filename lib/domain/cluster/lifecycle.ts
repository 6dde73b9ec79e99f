import { compareVersions } from "../capi/version.ts";
import { findCondition, statusOf } from "../conditions.ts";
import { ageMs } from "../time.ts";
import type { ClusterFacts, PoolFacts } from "./facts.ts";
import { pauseOf, pauseWords } from "./pause.ts";

export const lifecycles = [
  "Requested",
  "NotApplied",
  "Provisioning",
  "Upgrading",
  "Scaling",
  "Ready",
  "Paused",
  "Deleting",
] as const;
export type Lifecycle = (typeof lifecycles)[number];

export interface LifecycleState {
  lifecycle: Lifecycle;
  /** "control plane", "workers", what a deletion waits for, or what pauses it. */
  detail: string | null;
}

/** A scale-up is work, not an illness, for as long as machines usually take to start. */
const startUpMs = 10 * 60_000;

export interface LifecycleInput {
  /** Null while only Git or a pull request has the cluster. */
  facts: ClusterFacts | null;
  inGit: boolean;
  /** When the number of wanted nodes last grew, as far as we saw it. */
  grewAt: string | null;
  now: Date;
}

/** What the cluster is going through (gitops-reference §5.3, rows 2–4, 6–8, 10, 12). */
export function lifecycleOf({ facts, inGit, grewAt, now }: LifecycleInput): LifecycleState {
  if (facts === null) return { lifecycle: inGit ? "NotApplied" : "Requested", detail: null };
  if (facts.deletingSince !== null) return { lifecycle: "Deleting", detail: deletionDetail(facts) };
  if (facts.paused) return { lifecycle: "Paused", detail: pauseWords(pauseOf(facts.conditions)) };
  if (!facts.infrastructureProvisioned) return { lifecycle: "Provisioning", detail: "infrastructure" };
  if (!facts.controlPlaneInitialized) return { lifecycle: "Provisioning", detail: "control plane" };
  const upgrading = upgradeDetail(facts);
  if (upgrading !== null) return { lifecycle: "Upgrading", detail: upgrading };
  if (isScaling(facts, grewAt, now)) return { lifecycle: "Scaling", detail: nodeCount(facts) };
  return { lifecycle: "Ready", detail: null };
}

/** Row 7 before row 8: the control plane leads, the workers follow. */
function upgradeDetail(facts: ClusterFacts): string | null {
  if (facts.observedVersion !== null && compareVersions(facts.observedVersion, facts.desiredVersion) < 0) {
    return "control plane";
  }
  const behind = facts.pools.filter(poolBehind);
  if (behind.length > 0) return behind.length === 1 ? `pool ${behind[0]?.displayName ?? ""}` : "workers";
  if (findCondition(facts.conditions, "TopologyReconciled")?.reason === "ClusterUpgrading") return "workers";
  return statusOf(facts.conditions, "RollingOut") === "True" ? "workers" : null;
}

export function poolBehind(pool: PoolFacts): boolean {
  return pool.observedVersion !== null && compareVersions(pool.observedVersion, pool.desiredVersion) < 0;
}

/** Cluster API also says Scaling of a pool whose nodes are all there and not ready: that is no scaling. */
export function poolScaling({ phase, desired, existing }: PoolFacts): boolean {
  return phase?.startsWith("Scaling") === true && (existing === null || existing !== desired);
}

function isScaling(facts: ClusterFacts, grewAt: string | null, now: Date): boolean {
  if (
    statusOf(facts.conditions, "ScalingUp") === "True" ||
    statusOf(facts.conditions, "ScalingDown") === "True"
  )
    return true;
  if (facts.pools.some(poolScaling)) return true;
  const missing = (facts.nodesReady ?? 0) < (facts.nodesDesired ?? 0);
  return missing && grewAt !== null && ageMs(grewAt, now) < startUpMs;
}

function nodeCount(facts: ClusterFacts): string | null {
  return facts.nodesDesired === null ? null : `${facts.nodesReady ?? 0} of ${facts.nodesDesired} nodes`;
}

const deletionSteps: Record<string, string> = {
  WaitingForBeforeDeleteHook: "hook",
  WaitingForWorkersDeletion: "workers",
  WaitingForControlPlaneDeletion: "control plane",
  WaitingForInfrastructureDeletion: "infrastructure",
};

function deletionDetail(facts: ClusterFacts): string | null {
  const reason = findCondition(facts.conditions, "Deleting")?.reason ?? "";
  return deletionSteps[reason] ?? null;
}
