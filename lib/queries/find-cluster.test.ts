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

test("a kind that cannot be read is marked so, since when and why; what is known of it is Unknown, not green", async () => {
  const why = "the portal lacks the permission";
  const node = { name: "n-1", pool: "user", version: "v1.34.5", tone: "healthy", word: "Ready" };
  await addCluster("part-1", now, {
    unread: ["Kustomization", "Deployment", "Node"].map((kind) => ({
      ...{ home: "workload", kind, why, since: since.toISOString() },
    })),
    nodes: [{ ...node, reason: null, message: null, since: null }],
    workloads: {
      create: [
        {
          ...{ kind: "Deployment", namespace: "a", name: "b", desired: 1, ready: 1 },
          ...{ tone: "healthy", word: "Available" },
        },
      ],
    },
  });
  const { id, managementClusterId } = await db.cluster.findFirstOrThrow({ where: { name: "part-1" } });
  await db.fluxObject.create({
    data: {
      ...{ managementClusterId, clusterId: id, home: "workload", homeKey: id, kind: "Kustomization" },
      ...{ apiVersion: "v1", namespace: "flux-system", name: "apps", uid: "u", sync: "Synced", since },
    },
  });
  const found = await page("part-1");
  const unknown = { tone: "unknown", word: "Unknown" };
  expect(found?.flux.lastKnown).toBe(true);
  expect(found?.fluxObjects).toMatchObject([
    { mark: unknown, message: `last known: Synced; Kustomizations cannot be read: ${why}` },
  ]);
  expect(found?.fluxObjects[0]?.since).toBe(since.toISOString());
  expect(found?.workloads).toMatchObject([{ mark: unknown }]);
  expect(found?.workloadsNote).toContain("Deployments cannot be read");
  expect(found?.nodes).toMatchObject([{ mark: unknown }]);
  expect(found?.nodes[0]?.message).toContain("last known: Ready");
  expect(found?.conditions.map(({ mark }) => mark.word)).toEqual(["In part", "In part", "In part"]);
});

test("what Cluster API cannot reach and the portal reads is not said to be silent, nor old", async () => {
  await addCluster("slow-1", now, {
    ...{ conditions: probe("False"), word: "Unreachable", health: "Unreachable", rank: 2 },
    ...{ contactMessage: "it takes about 8 s to answer", healthReason: "ProbeFailed" },
    healthMessage: "Remote connection probe failed",
  });
  const found = await page("slow-1");
  expect(found).toMatchObject({ fluxNote: null, workloadsNote: null, flux: { lastKnown: false } });
  const said = found?.trouble?.sentence.map(({ text }) => text).join("");
  expect(said).toMatch(/^It answers the portal, but it takes about 8 s to answer/);
  expect(said).not.toContain("last known");
  expect(found?.conditions.at(-1)).toMatchObject({ mark: { word: "Slowly" } });
});

test("a pool that is short names its nodes that are not ready", async () => {
  const nodes = ["n-1", "n-2", "n-3", "n-4"].map((name) => ({
    ...{ name, pool: "user", version: null, tone: "attention", word: "Not ready" },
    ...{ reason: "KubeletNotReady", message: "no network", since: since.toISOString() },
  }));
  const state = { word: "Degraded", health: "Degraded", rank: 3, healthMessage: "0 of 4 ready" };
  await addCluster("short-1", now, { ...state, nodes });
  const found = await page("short-1");
  expect(found?.trouble?.sentence.map(({ text }) => text).join("")).toBe(
    "0 of 4 ready. Not ready: n-1, n-2, n-3, and 1 more (KubeletNotReady).",
  );
  expect(found?.nodes[0]).toMatchObject({ message: "KubeletNotReady: no network" });
});

test("Cluster API's word on workers is not green where it counts too few, nor where it cannot count", async () => {
  const workers = { type: "WorkersAvailable", status: "True", reason: "Available", message: null };
  const told = [...probe("True"), { ...workers, severity: null, since: null }];
  const short = { healthReason: "NodesNotReady", nodesReady: 0 };
  await addCluster("short-2", now, { ...short, conditions: told });
  await addCluster("silent-2", now, { conditions: [...told.slice(1), ...probe("False")] });
  const said = async (name: string) =>
    (await page(name))?.conditions.find(({ label }) => label === "Workers");
  expect(await said("short-2")).toMatchObject({
    mark: { tone: "attention" },
    sentence: "Cluster API calls that enough; it counts 0 of 3 nodes ready.",
  });
  expect(await said("silent-2")).toMatchObject({
    mark: { tone: "unknown" },
    sentence: "Last known: Enough workers are available.",
  });
});
