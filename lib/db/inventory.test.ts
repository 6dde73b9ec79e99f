import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "./client.ts";
import { writeInventory, type InventoryBatch } from "./inventory.ts";

const at = "2026-11-24T12:00:00.000Z";
let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;
let managementClusterId: string;

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
  const data = { slug: "m", server: "https://x", epoch: 1n };
  ({ id: managementClusterId } = await db.managementCluster.create({ data }));
});
afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

/** A cluster in its first life, with a step from before its Cluster object. */
async function addCluster(name: string): Promise<string> {
  const since = { lifecycleSince: at, healthSince: at, markSince: at };
  const state = { lifecycle: "Ready", health: "Healthy", tone: "healthy", rank: 10, word: "Healthy" };
  const { id } = await db.cluster.create({
    data: { managementClusterId, namespace: name, name, provider: "AKS", ...state, ...since },
  });
  await db.clusterIncarnation.create({ data: { clusterId: id, uid: `${name}-first`, firstSeen: at } });
  await db.milestone.create({ data: { clusterId: id, uid: "", step: "requested", at } });
  return id;
}

const batch = (more: Partial<InventoryBatch>): InventoryBatch => ({
  ...{ managementClusterId, epoch: 1n, clusters: [], flux: [], fluxGone: [], pools: [], workloads: [] },
  ...{ workloadsGone: [], milestones: [], ended: [], incarnations: [], intervals: [], intervalsEnded: [] },
  notify: [],
  ...more,
});

test("lives of many clusters end and begin in one batch, each at its own time, and others go on", async () => {
  const [gone, anew, stays] = await Promise.all(["gone", "anew", "stays"].map(addCluster));
  if (!gone || !anew || !stays) throw new Error("no clusters");
  const [ended, reborn] = ["2026-11-24T12:01:00.000Z", "2026-11-24T12:02:00.000Z"];
  await writeInventory(
    db,
    batch({
      ended: [{ clusterId: gone, at: ended }],
      incarnations: [
        { clusterId: anew, uid: `second-${randomUUID()}`, firstSeen: reborn },
        { clusterId: stays, uid: "stays-first", firstSeen: reborn },
      ],
    }),
  );
  const lives = await db.clusterIncarnation.findMany({ orderBy: { firstSeen: "asc" } });
  const endsOf = (id: string) =>
    lives.filter(({ clusterId }) => clusterId === id).map(({ endedAt }) => endedAt?.toISOString() ?? null);
  expect(endsOf(gone)).toEqual([ended]);
  expect(endsOf(anew)).toEqual([reborn, null]);
  expect(endsOf(stays)).toEqual([null]);
  const left = await db.milestone.findMany({ select: { clusterId: true } });
  expect(left.map(({ clusterId }) => clusterId).sort()).toEqual([anew, stays].sort());
});
