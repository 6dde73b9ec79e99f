import type { ClusterFacts } from "../../domain/cluster/facts.ts";
import type { LifecycleState } from "../../domain/cluster/lifecycle.ts";
import type { ClusterData, PoolData } from "../../db/inventory-rows.ts";
import type { ClusterRecord } from "./records.ts";

/** Healths of a cluster whose upgrade or scaling goes on; another one in between starts the clock anew. */
const goingOn = new Set(["Progressing", "Healthy", "Stuck"]);

/**
 * When an upgrade or scaling last got further: another version, wish or count of nodes anywhere. Null while neither
 * goes on. It is told from the rows, whose `healthSince` keeps it meanwhile, so a new leader knows it too.
 */
export function movedAt(
  previous: ClusterRecord | null,
  { lifecycle }: LifecycleState,
  facts: ClusterFacts | null,
  now: Date,
): string | null {
  if (facts === null || (lifecycle !== "Upgrading" && lifecycle !== "Scaling")) return null;
  const before = previous?.row;
  const same =
    before?.lifecycle === lifecycle &&
    goingOn.has(before.health) &&
    placeOfRows(before, previous?.pools ?? []) === placeOf(facts);
  return same ? later(before.healthSince, before.lifecycleSince) : now.toISOString();
}

const later = (one: string, other: string): string => (Date.parse(one) >= Date.parse(other) ? one : other);

type Place = (string | number | null)[];

/** How far the cluster is, as a text to compare. */
function placeOf(facts: ClusterFacts): string {
  const { uid, desiredVersion, observedVersion, nodesReady, nodesDesired, pools } = facts;
  const parts = pools.map((pool) => [
    ...[pool.kind, pool.name, pool.desiredVersion, pool.observedVersion, pool.ready, pool.desired],
  ]);
  return write([uid, desiredVersion, observedVersion, nodesReady, nodesDesired], parts);
}

function placeOfRows(row: ClusterData, pools: readonly PoolData[]): string {
  const { uid, desiredVersion, observedVersion, nodesReady, nodesDesired } = row;
  const parts = pools.map((pool) => [
    ...[pool.kind, pool.name, pool.desiredVersion, pool.observedVersion],
    ...[pool.readyReplicas, pool.desiredReplicas],
  ]);
  return write([uid, desiredVersion, observedVersion, nodesReady, nodesDesired], parts);
}

function write(head: Place, parts: Place[]): string {
  return JSON.stringify([head, ...parts.map((part) => JSON.stringify(part)).sort()]);
}
