import { findCondition } from "../conditions.ts";
import { ageMs } from "../time.ts";
import type { ClusterFacts } from "./facts.ts";
import type { HealthState } from "./health-state.ts";
import { poolBehind, type LifecycleState } from "./lifecycle.ts";

/**
 * An upgrade or scaling in which nothing moves for so long is stuck. AKS takes 5 to 15 minutes for a control plane,
 * and a pool shows a node more or less every few minutes; a drain that a budget holds up lasts up to 30.
 */
const stallsAfterMs = 20 * 60_000;

/** What an upgrade or scaling that no longer moves waits for; null while it moves. */
export function stallOf(
  facts: ClusterFacts,
  { lifecycle }: LifecycleState,
  movedAt: string | null,
  now: Date,
): HealthState | null {
  if (movedAt === null || ageMs(movedAt, now) < stallsAfterMs) return null;
  const upgrading = lifecycle === "Upgrading";
  return {
    health: "Stuck",
    reason: upgrading ? "UpgradeStuck" : "ScalingStuck",
    message: upgrading ? upgradeWaits(facts) : scalingWaits(facts),
    since: movedAt,
  };
}

function upgradeWaits(facts: ClusterFacts): string {
  const { observedVersion, desiredVersion, controlPlane, conditions } = facts;
  const behind = facts.pools.find(poolBehind);
  if (observedVersion !== null && observedVersion !== desiredVersion && !facts.ahead) {
    const report = controlPlane?.report.ready === false ? controlPlane.report.message : null;
    const says = report ?? findCondition(conditions, "TopologyReconciled")?.message ?? null;
    return withWords(
      `the control plane stays at ${observedVersion}, ${desiredVersion ?? "?"} is wanted`,
      says,
    );
  }
  if (behind) {
    const { displayName, observedVersion: at, desiredVersion: wanted } = behind;
    const says = behind.report?.ready === false ? behind.report.message : null;
    return withWords(`pool ${displayName} stays at ${at ?? "?"}, ${wanted ?? "?"} is wanted`, says);
  }
  const rolling = findCondition(conditions, "RollingOut") ?? findCondition(conditions, "TopologyReconciled");
  return withWords("no more nodes are replaced", rolling?.message ?? null);
}

function scalingWaits({ pools, nodesReady, nodesDesired, conditions }: ClusterFacts): string {
  const off = pools.find(({ ready, desired }) => desired !== null && (ready ?? 0) !== desired);
  const [where, ready, wanted] = off
    ? [`pool ${off.displayName} stays`, off.ready, off.desired]
    : ["it stays", nodesReady, nodesDesired];
  const up = ["ScalingUp", "ScalingDown"].flatMap((type) => findCondition(conditions, type) ?? []);
  const says = off?.report?.ready === false ? off.report.message : null;
  const told = says ?? up.find(({ status }) => status === "True")?.message ?? null;
  return withWords(`${where} at ${String(ready ?? 0)} of ${String(wanted ?? 0)} nodes ready`, told);
}

/** Our line first, for it becomes the cause; the reporter's words below it. */
const withWords = (line: string, words: string | null): string => (words ? `${line}\n${words}` : line);
