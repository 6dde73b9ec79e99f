import type { Db } from "./client.ts";
import type { ClusterData, FluxData, IntervalData, PoolData, WorkloadData } from "./inventory-rows.ts";

/** What a new leader takes over from the one before. */
export interface Inventory {
  clusters: ClusterData[];
  flux: FluxData[];
  pools: PoolData[];
  workloads: WorkloadData[];
  /** `clusterId|uid|step` of what was reached. */
  milestones: Set<string>;
  /** Open ones only. */
  intervals: IntervalData[];
}

/** Reads the whole inventory of one management cluster, tombstones included. */
export async function loadInventory(db: Db, managementClusterId: string): Promise<Inventory> {
  const ofMine = { cluster: { managementClusterId } };
  const [clusters, flux, pools, workloads, milestones, intervals] = await Promise.all([
    db.cluster.findMany({
      where: { managementClusterId },
      omit: { createdAt: true, updatedAt: true, lastSeenAt: true },
    }),
    db.fluxObject.findMany({ where: { managementClusterId }, omit: { updatedAt: true, deletedAt: true } }),
    db.pool.findMany({ where: ofMine }),
    db.workload.findMany({ where: ofMine, omit: { updatedAt: true } }),
    db.milestone.findMany({ where: ofMine, select: { clusterId: true, uid: true, step: true } }),
    db.clusterInterval.findMany({ where: { ...ofMine, to: null }, omit: { id: true, to: true } }),
  ]);
  return {
    clusters: plain(clusters) as ClusterData[],
    flux: plain(flux) as FluxData[],
    pools,
    workloads: plain(workloads) as WorkloadData[],
    milestones: new Set(milestones.map(({ clusterId, uid, step }) => `${clusterId}|${uid}|${step}`)),
    intervals: plain(intervals) as IntervalData[],
  };
}

/** Dates become ISO 8601 strings, as the engine compares them. */
function plain(rows: unknown): unknown {
  return JSON.parse(JSON.stringify(rows));
}

/** Open pull requests that ask for clusters, the newest first. */
export async function openRequests(db: Db) {
  return db.change.findMany({
    where: { state: "open", kind: "create" },
    select: { number: true, clusters: true, teams: true, meta: true },
    orderBy: { number: "desc" },
  });
}

/** For each name the first commit of the default branch that touched the cluster's files, since `after`. */
export async function firstCommits(
  db: Db,
  names: readonly string[],
): Promise<Map<string, { sha: string; position: number; at: Date }>> {
  if (names.length === 0) return new Map();
  const rows = await db.$queryRaw<{ name: string; sha: string; position: number; at: Date }[]>`
    SELECT DISTINCT ON (wanted.name) wanted.name, "Commit".sha, "Commit".position, "Commit"."authoredAt" AS at
    FROM unnest(${[...names]}::text[]) AS wanted(name)
    JOIN "Commit" ON "Commit".paths @> ARRAY['clusters/' || wanted.name || '/cluster.yaml']
    ORDER BY wanted.name, "Commit".position`;
  return new Map(rows.map(({ name, ...commit }) => [name, commit]));
}
