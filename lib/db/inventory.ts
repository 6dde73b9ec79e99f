import type { Db } from "./client.ts";
import type {
  ClusterData,
  FluxData,
  IncarnationData,
  IntervalData,
  MilestoneData,
  PoolData,
  WorkloadData,
} from "./inventory-rows.ts";
import { endWhenFrozen } from "./end-when-frozen.ts";
import { LeadershipLost } from "./management-clusters.ts";
import { channel } from "./notify.ts";
import { upsertRows, type Transaction } from "./upsert.ts";
import { writeIntervals } from "./write-intervals.ts";

/** One flush of the sync engine: everything in it becomes visible at once, or nothing. */
export interface InventoryBatch {
  managementClusterId: string;
  epoch: bigint;
  clusters: ClusterData[];
  flux: FluxData[];
  fluxGone: string[];
  /** All pools of a cluster, replacing what was there. */
  pools: { clusterId: string; rows: PoolData[] }[];
  workloads: WorkloadData[];
  workloadsGone: string[];
  milestones: MilestoneData[];
  /** Clusters that ended: their steps before the Cluster object are forgotten, so the next life starts anew. */
  ended: { clusterId: string; at: string }[];
  incarnations: IncarnationData[];
  intervals: IntervalData[];
  intervalsEnded: { clusterId: string; axis: string; at: string }[];
  notify: { topic: "cluster" | "flux" | "management"; id: string }[];
}

/** Writes a batch if the epoch still rules. Throws LeadershipLost otherwise. */
export async function writeInventory(db: Db, batch: InventoryBatch): Promise<void> {
  await db.$transaction(
    async (tx) => {
      await guard(tx, batch);
      await upsertRows(tx, "Cluster", batch.clusters);
      await replacePools(tx, batch.pools);
      await replaceFlux(tx, batch);
      await tx.workload.deleteMany({ where: { id: { in: batch.workloadsGone } } });
      await upsertRows(tx, "Workload", batch.workloads);
      await writeLives(tx, batch);
      await writeIntervals(tx, batch.intervalsEnded, batch.intervals);
      await tell(tx, batch.notify);
    },
    { timeout: 30_000, maxWait: 10_000 },
  );
}

/** Locks the epoch for the length of the transaction: a new leader waits for us, an old one is refused. */
async function guard(tx: Transaction, { managementClusterId, epoch }: InventoryBatch): Promise<void> {
  await endWhenFrozen(tx);
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "ManagementCluster" WHERE id = ${managementClusterId}::uuid AND epoch = ${epoch} FOR SHARE`;
  if (rows.length === 0) throw new LeadershipLost();
}

async function replacePools(tx: Transaction, pools: InventoryBatch["pools"]): Promise<void> {
  if (pools.length === 0) return;
  const kept = pools.flatMap(({ rows }) => rows);
  await tx.pool.deleteMany({
    where: {
      clusterId: { in: pools.map(({ clusterId }) => clusterId) },
      id: { notIn: kept.map(({ id }) => id) },
    },
  });
  await upsertRows(tx, "Pool", kept);
}

/**
 * An object whose label moved it to another cluster, or which got its first, is a row of another id there; its former
 * owner may be written later.
 */
async function replaceFlux(tx: Transaction, { flux, fluxGone }: InventoryBatch): Promise<void> {
  await tx.fluxObject.deleteMany({ where: { id: { in: fluxGone } } });
  if (flux.length === 0) return;
  const keys = flux.map(({ id, managementClusterId, homeKey, kind, namespace, name }) => {
    return { id, managementClusterId, homeKey, kind, namespace, name };
  });
  await tx.$executeRaw`
    DELETE FROM "FluxObject" AS old USING jsonb_to_recordset(${JSON.stringify(keys)}::jsonb)
      AS moved(id uuid, "managementClusterId" uuid, "homeKey" text, kind text, namespace text, name text)
    WHERE old."managementClusterId" = moved."managementClusterId" AND old."homeKey" = moved."homeKey"
      AND old.kind = moved.kind AND old.namespace = moved.namespace AND old.name = moved.name
      AND old.id <> moved.id`;
  await upsertRows(tx, "FluxObject", flux);
}

/** Each kind of write is one statement, however many clusters live and end. */
async function writeLives(
  tx: Transaction,
  { ended, incarnations, milestones }: InventoryBatch,
): Promise<void> {
  if (ended.length > 0) {
    await tx.$executeRaw`
      UPDATE "ClusterIncarnation" AS life SET "endedAt" = ended.at
      FROM jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) AS ended("clusterId" uuid, at timestamptz)
      WHERE life."clusterId" = ended."clusterId" AND life."endedAt" IS NULL`;
    await tx.milestone.deleteMany({
      where: { clusterId: { in: ended.map(({ clusterId }) => clusterId) }, uid: "" },
    });
  }
  if (incarnations.length > 0) {
    await tx.$executeRaw`
      UPDATE "ClusterIncarnation" AS life SET "endedAt" = next."firstSeen"
      FROM jsonb_to_recordset(${JSON.stringify(incarnations)}::jsonb)
        AS next("clusterId" uuid, uid text, "firstSeen" timestamptz)
      WHERE life."clusterId" = next."clusterId" AND life."endedAt" IS NULL AND life.uid <> next.uid`;
    await tx.clusterIncarnation.createMany({ data: incarnations, skipDuplicates: true });
  }
  if (milestones.length > 0) await tx.milestone.createMany({ data: milestones, skipDuplicates: true });
}

async function tell(tx: Transaction, messages: InventoryBatch["notify"]): Promise<void> {
  if (messages.length === 0) return;
  const payloads = messages.map((message) => JSON.stringify(message));
  await tx.$executeRaw`SELECT pg_notify(${channel}, payload) FROM unnest(${payloads}::text[]) AS payload`;
}

/** Notes when each workload API last answered; no event, for pages show it as an age. */
export async function writeLastSeen(
  db: Db,
  { managementClusterId, epoch }: Pick<InventoryBatch, "managementClusterId" | "epoch">,
  seen: readonly { id: string; at: string }[],
): Promise<void> {
  if (seen.length === 0) return;
  await db.$executeRaw`
    UPDATE "Cluster" SET "lastSeenAt" = seen.at
    FROM jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) AS seen(id uuid, at timestamptz)
    WHERE "Cluster".id = seen.id AND EXISTS (
      SELECT 1 FROM "ManagementCluster" WHERE id = ${managementClusterId}::uuid AND epoch = ${epoch})`;
}
