import { findCondition, statusOf, type Condition } from "../conditions.ts";
import { ageMs } from "../time.ts";
import type { ClusterFacts, ProviderReport } from "./facts.ts";
import type { HealthState } from "./health-state.ts";
import type { LifecycleState } from "./lifecycle.ts";
import type { NodeFacts } from "./read-node.ts";
import { stallOf } from "./stall.ts";

export interface HealthInput {
  facts: ClusterFacts | null;
  lifecycle: LifecycleState;
  previous: HealthState | null;
  /** When an upgrade or scaling last got further; null where nobody kept it. */
  movedAt?: string | null;
  /** Since when its API server does not answer the portal; null while it does, or nobody asked. */
  lostAt?: string | null;
  /** Its nodes, as far as they are known. */
  nodes?: readonly Pick<NodeFacts, "word" | "since">[];
  now: Date;
}

/** Thresholds of gitops-reference §5.3; damping is what real clusters do in normal work. */
const thresholds = {
  topologyFailedMs: 30_000,
  provisioningLateMs: 45 * 60_000,
  deletingStuckMs: 60 * 60_000,
  degradedMs: 60_000,
};

const healthy: HealthState = { health: "Healthy", reason: null, message: null, since: null };
const progressing: HealthState = { health: "Progressing", reason: null, message: null, since: null };

/** How the cluster is, whatever it is going through: first match wins (gitops-reference §5.3). */
export function healthOf(input: HealthInput): HealthState {
  const { facts, lifecycle, previous, movedAt = null, now } = input;
  if (facts === null) return progressing;
  if (lifecycle.lifecycle === "Deleting") return deletionHealth(facts, now);
  if (lifecycle.lifecycle === "Paused") return previous ?? healthy;
  const failure = findFailure(facts, now);
  if (failure) return failure;
  if (lifecycle.lifecycle === "Provisioning") {
    const late = ageMs(facts.createdAt, now) > thresholds.provisioningLateMs;
    const lateness = { reason: "Provisioning", message: latenessOf(facts), since: facts.createdAt };
    return late ? { health: "Late", ...lateness } : progressing;
  }
  if (lifecycle.lifecycle === "Upgrading") return stallOf(facts, lifecycle, movedAt, now) ?? progressing;
  const probe = findCondition(facts.conditions, "RemoteConnectionProbe");
  if (probe?.status === "False") return { health: "Unreachable", ...told(probe) };
  if (lifecycle.lifecycle === "Scaling") return stallOf(facts, lifecycle, movedAt, now) ?? healthy;
  return findDegradation(facts, now) ?? findShortage(input) ?? healthy;
}

function deletionHealth(facts: ClusterFacts, now: Date): HealthState {
  const error = facts.reports.find(({ severity }) => severity === "Error");
  if (error) return { health: "Stuck", ...said(error) };
  if (ageMs(facts.deletingSince, now) > thresholds.deletingStuckMs) {
    const deleting = findCondition(facts.conditions, "Deleting");
    const { reason = null, message = null } = deleting ?? {};
    return { health: "Stuck", reason, message, since: facts.deletingSince };
  }
  return progressing;
}

/** Row 5: somebody must act. A class edit flips its clusters to ReconcileFailed for about a second: wait 30 s. */
function findFailure(facts: ClusterFacts, now: Date): HealthState | null {
  const error = facts.reports.find(({ severity }) => severity === "Error");
  if (error) return { health: "Failed", ...said(error) };
  const plane = facts.controlPlane?.report;
  if (plane?.ready === false && plane.severity === "Error") return { health: "Failed", ...said(plane) };
  const topology = findCondition(facts.conditions, "TopologyReconciled");
  if (topology?.reason === "ReconcileFailed" && ageMs(topology.since, now) >= thresholds.topologyFailedMs) {
    return { health: "Failed", ...told(topology) };
  }
  return null;
}

/** Row 11, damped: a verdict has to last a minute, for upgrades and restarts drop it for seconds. */
function findDegradation(facts: ClusterFacts, now: Date): HealthState | null {
  const lasting = (since: string | null) => since === null || ageMs(since, now) >= thresholds.degradedMs;
  const plane = facts.controlPlane?.report;
  if (plane?.ready === false && lasting(plane.since)) return { health: "Degraded", ...said(plane) };
  const warning = facts.reports.find(({ severity, since }) => severity === "Warning" && lasting(since));
  if (warning) return { health: "Degraded", ...said(warning) };
  for (const type of [
    "ControlPlaneAvailable",
    "WorkersAvailable",
    "ControlPlaneMachinesReady",
    "WorkerMachinesReady",
  ]) {
    const condition = findCondition(facts.conditions, type);
    if (condition?.status === "False" && lasting(condition.since)) {
      return { health: "Degraded", ...told(condition) };
    }
  }
  return null;
}

/**
 * A pool that counts fewer ready nodes than it should. Cluster API counts them by asking the cluster's API server: while
 * that answers the portal neither, the count is old, and the silence is the news.
 */
function findShortage({ facts, lostAt = null, nodes = [], now }: HealthInput): HealthState | null {
  if (facts === null || statusOf(facts.conditions, "WorkersAvailable") === "False") return null;
  const short = facts.pools.filter(
    ({ ready, desired }) => ready !== null && desired !== null && ready < desired,
  );
  if (short.length === 0) return null;
  const sum = (of: "ready" | "desired") =>
    String(facts.pools.reduce((all, pool) => all + (pool[of] ?? 0), 0));
  const counts = short.map(
    ({ displayName, ready, desired }) => `${displayName} ${String(ready ?? 0)} of ${String(desired ?? 0)}`,
  );
  const pools = `${short.length === 1 ? "pool" : "pools"} ${counts.join(", ")}`;
  if (lostAt !== null) {
    const message = `It does not answer the portal. Nodes ready when last counted: ${pools}`;
    return { health: "Unreachable", reason: "NoAnswer", message, since: lostAt };
  }
  const changed = findCondition(facts.conditions, "Available")?.since ?? null;
  if (changed !== null && ageMs(changed, now) < thresholds.degradedMs) return null;
  // Cluster API does not say since when; the nodes do.
  const turned = nodes.flatMap(({ word, since }) => (word === "Not ready" && since !== null ? [since] : []));
  const since = turned.sort()[0] ?? null;
  const message = `${sum("ready")} of ${sum("desired")} nodes are ready${facts.pools.length === 1 ? "" : `: ${pools}`}`;
  return { health: "Degraded", reason: "NodesNotReady", message, since };
}

type Said = Omit<HealthState, "health">;

function said({ kind, name, reason, message, since }: ProviderReport): Said {
  return { reason, message: message ?? `${kind} ${name} is not ready.`, since };
}

function told({ reason, message, since }: Condition): Said {
  return { reason, message, since };
}

function latenessOf(facts: ClusterFacts): string | null {
  const working = facts.reports.find(({ ready }) => ready === false);
  if (working?.message) return working.message;
  const type = facts.infrastructureProvisioned ? "ControlPlaneInitialized" : "InfrastructureReady";
  return findCondition(facts.conditions, type)?.message ?? null;
}
