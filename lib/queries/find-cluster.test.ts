import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "../db/client.ts";
import type { ReadContext } from "./context.ts";
import { findCluster } from "./find-cluster.ts";

const now = new Date("2026-11-24T12:00:00Z");
const since = new Date("2026-11-24T11:51:00Z");
let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;
let ctx: ReadContext;

/** A cluster with one pool, as a management cluster that last answered then told of it. */
async function addCluster(name: string, lastContactAt: Date, more: Record<string, unknown>) {
  const { id: managementClusterId } = await db.managementCluster.create({
    data: { slug: `of-${name}`, server: "https://x", lastContactAt, syncedAt: since },
  });
  const state = { lifecycle: "Ready", lifecycleSince: since, health: "Healthy", healthSince: since };
  const mark = { tone: "healthy", rank: 10, word: "Healthy", markSince: since };
  const pool = { kind: "MachinePool", name: `${name}-user`, displayName: "user", phase: "Scaling" };
  const about = { namespace: name, name, uid: randomUUID(), live: true, inGit: true, provider: "AKS" };
  const nodes = { nodesReady: 3, nodesDesired: 3, lastSeenAt: new Date(now.getTime() - 6_000) };
  await db.cluster.create({
    data: {
      ...{ managementClusterId, ...about, ...state, ...mark, ...nodes, contact: "ok" },
      pools: { create: [{ ...pool, readyReplicas: 1, tone: "progress", word: "Scaling" }] },
      ...more,
    },
  });
}

const probe = (status: string) => [
  { type: "RemoteConnectionProbe", status, reason: "Probe", message: null, severity: null, since: null },
];

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
  const actor = { userId: randomUUID(), login: "v", name: "V", image: null, teams: [] };
  ctx = { db, now, actor: { ...actor, roles: ["viewer"] } };
  await addCluster("well-1", now, { conditions: probe("True") });
  await addCluster("silent-1", now, {
    conditions: probe("False"),
    word: "Unreachable",
    health: "Unreachable",
  });
  await addCluster("old-1", new Date(now.getTime() - 180_000), { conditions: probe("True") });
});
afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

const page = (name: string) => findCluster(ctx, name, () => Promise.resolve([]));

test("nodes and pools are told as they are while Cluster API counts them", async () => {
  const found = await page("well-1");
  expect(found).toMatchObject({
    nodesLastKnown: false,
    pools: [{ mark: { word: "Scaling" }, message: null }],
  });
});

test("while the workload's API server is silent, its nodes and pools are the last known", async () => {
  const found = await page("silent-1");
  expect(found).toMatchObject({
    nodesLastKnown: true,
    pools: [
      {
        mark: { tone: "unknown", word: "Unknown" },
        message: "last known: Scaling; its API server does not answer Cluster API",
      },
    ],
  });
});

test("while the management cluster is silent, all it told is the last known, and as old as its last answer", async () => {
  const found = await page("old-1");
  expect(found).toMatchObject({
    mark: { word: "Unknown" },
    lastSeenAt: new Date(now.getTime() - 180_000).toISOString(),
    nodesLastKnown: true,
  });
  const [reachable, portal] = found?.conditions ?? [];
  expect(reachable).toMatchObject({
    mark: { tone: "unknown" },
    sentence: "Last known: The management cluster reaches its API server.",
  });
  expect(portal).toMatchObject({ label: "Read by the portal", mark: { word: "Yes" } });
});
