import { limitsFor, type FleetConfig } from "../fleet/config.ts";
import type { ClusterFacts } from "./cluster-facts.ts";

const day = 86_400_000;

/** Why an expiry is not allowed for a team: not a date, past, or more than `maxDays` away. */
export function expiryProblem(
  config: FleetConfig,
  team: string,
  expiresAt: string,
  now: Date,
): string | null {
  const at = Date.parse(expiresAt);
  if (Number.isNaN(at)) return "Must be a date and time like 2026-12-08T17:00:00Z.";
  const last = lastExpiry(config, team, now);
  if (at <= now.getTime()) {
    return last === null ? "Must be in the future." : `Must be in the future, at most until ${last}.`;
  }
  const { maxDays } = limitsFor(config, team);
  if (last === null || maxDays === null || expiresAt.slice(0, 10) <= last) return null;
  return `At most ${String(maxDays)} days for ${team}: until ${last}. It can be extended later.`;
}

/** Last day (ISO, UTC) a team's cluster may be kept from now; null without a limit. */
function lastExpiry(config: FleetConfig, team: string, now: Date): string | null {
  const { maxDays } = limitsFor(config, team);
  return maxDays === null ? null : new Date(now.getTime() + maxDays * day).toISOString().slice(0, 10);
}

/** A team's clusters that count against its limit: those with an expiry, asked for ones included (decisions §4). */
export function usedBy(team: string, clusters: readonly Pick<ClusterFacts, "team" | "expiresAt">[]): number {
  return clusters.filter((one) => one.team === team && one.expiresAt !== null).length;
}

/** Why a team may not have one more ephemeral cluster; `used` without the new one. */
export function quotaProblem(config: FleetConfig, team: string, used: number): string | null {
  const { clusters } = limitsFor(config, team);
  if (clusters === null || used < clusters) return null;
  return `${team} has ${String(used)} of ${String(clusters)} ephemeral clusters, open requests included; hand one back first.`;
}
