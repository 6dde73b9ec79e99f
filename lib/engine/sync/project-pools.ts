import { randomUUID } from "node:crypto";
import type { ClusterFacts, PoolFacts } from "../../domain/cluster/facts.ts";
import { poolScaling } from "../../domain/cluster/lifecycle.ts";
import { poolMark } from "../../domain/cluster/pool-mark.ts";
import type { PoolData } from "../../db/inventory-rows.ts";

export interface PoolMemory {
  clusterId: string;
  previous: readonly PoolData[];
  /** The cluster goes through nothing: nodes that are there and not ready are its trouble, not its work. */
  settled: boolean;
  /** Kinds that were never read: rows of these stay. */
  unread: ReadonlySet<string>;
  /** Kinds whose rows may be old. */
  stale: ReadonlySet<string>;
}

/** Kinds that a pool's mode, size and limits are read from. */
const shapes = ["AzureASOManagedMachinePool", "AzureManagedMachinePool", "ManagedClustersAgentPool"];

/** Rows of the pools; one keeps its id for as long as its object has the same kind and name. */
export function projectPools(facts: ClusterFacts, memory: PoolMemory): PoolData[] {
  const { previous, unread, stale } = memory;
  const rows = [
    ...facts.pools.map((pool) => poolRow(pool, memory)),
    ...previous.filter(({ kind }) => unread.has(kind)),
  ];
  return rows.map((row) => (stale.has(row.kind) ? staleRow(row) : row));
}

/** Rows of pools nobody can read at present. */
export function stalePools(rows: readonly PoolData[]): PoolData[] {
  return rows.map(staleRow);
}

function staleRow(row: PoolData): PoolData {
  const message = `last known; ${row.kind} objects cannot be read now`;
  return { ...row, tone: "unknown", word: "Unknown", message };
}

function poolRow(pool: PoolFacts, { clusterId, previous, settled, unread }: PoolMemory): PoolData {
  const known = previous.find(({ kind, name }) => kind === pool.kind && name === pool.name);
  const shape = known && shapes.some((kind) => unread.has(kind)) ? known : null;
  const { tone, word, message } = poolMark(pool, !settled || poolScaling(pool));
  return {
    id: known?.id ?? randomUUID(),
    clusterId,
    kind: pool.kind,
    name: pool.name,
    displayName: shape?.displayName ?? pool.displayName,
    mode: pool.mode ?? shape?.mode ?? null,
    size: pool.size ?? shape?.size ?? null,
    minReplicas: pool.min ?? shape?.minReplicas ?? null,
    maxReplicas: pool.max ?? shape?.maxReplicas ?? null,
    desiredReplicas: pool.desired,
    readyReplicas: pool.ready,
    desiredVersion: pool.desiredVersion,
    observedVersion: pool.observedVersion,
    phase: pool.phase,
    tone,
    word,
    message,
  };
}
