import { randomUUID } from "node:crypto";
import type { ClusterFacts } from "../../domain/cluster/facts.ts";
import { poolMark } from "../../domain/cluster/pool-mark.ts";
import type { PoolData } from "../../db/inventory-rows.ts";

/** Rows of the pools; one keeps its id for as long as its object has the same kind and name. */
export function projectPools(
  facts: ClusterFacts,
  clusterId: string,
  previous: readonly PoolData[],
): PoolData[] {
  return facts.pools.map((pool) => {
    const known = previous.find(({ kind, name }) => kind === pool.kind && name === pool.name);
    const { tone, word, message } = poolMark(pool);
    return {
      id: known?.id ?? randomUUID(),
      clusterId,
      kind: pool.kind,
      name: pool.name,
      displayName: pool.displayName,
      mode: pool.mode,
      size: pool.size,
      minReplicas: pool.min,
      maxReplicas: pool.max,
      desiredReplicas: pool.desired,
      readyReplicas: pool.ready,
      desiredVersion: pool.desiredVersion,
      observedVersion: pool.observedVersion,
      phase: pool.phase,
      tone,
      word,
      message,
    };
  });
}
