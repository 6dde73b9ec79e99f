import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { recordReached } from "./audit-reached.ts";
import { verifyAudit } from "./audit-verify.ts";
import { openDb, type Db } from "./client.ts";

const now = new Date("2026-11-24T12:00:00Z");
let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;

const commit = (repositoryId: string, position: number) => ({
  repositoryId,
  sha: `sha-${String(position)}`,
  position,
  parents: [],
  paths: [],
  title: "t",
  author: "a",
  authoredAt: now,
});

const cluster = (managementClusterId: string, name: string, revision: string | null) => ({
  managementClusterId,
  namespace: name,
  name,
  revision,
  team: "payments",
  provider: "AKS",
  lifecycle: "Ready",
  lifecycleSince: now,
  health: "Healthy",
  healthSince: now,
  tone: "healthy",
  rank: 10,
  word: "Healthy",
  markSince: now,
});

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
  const repository = await db.fleetRepository.create({ data: { fullName: "acme/fleet" } });
  const management = await db.managementCluster.create({ data: { slug: "m", server: "x" } });
  await db.commit.createMany({ data: [1, 2, 3].map((position) => commit(repository.id, position)) });
  await db.cluster.createMany({
    data: [
      cluster(management.id, "ahead", "sha-3"),
      cluster(management.id, "behind", "sha-1"),
      cluster(management.id, "new", null),
    ],
  });
  await db.change.create({
    data: {
      id: randomUUID(),
      repositoryId: repository.id,
      number: 7,
      title: "Upgrade",
      body: "",
      state: "merged",
      author: "lena.k",
      url: "u",
      headRef: "h",
      headSha: "h",
      baseRef: "main",
      baseSha: "b",
      mergeCommit: "sha-2",
      openedAt: now,
      updatedAt: now,
      clusters: ["ahead", "behind", "new"],
      teams: ["payments"],
    },
  });
});

afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

const reached = async () =>
  (await db.auditEvent.findMany({ where: { action: "commit.reached" }, orderBy: { id: "asc" } })).map(
    ({ change, cluster: name, detail }) => ({ change, name, detail }),
  );

test("a merged change's clusters are written down when its commit reaches them, each once", async () => {
  expect(await recordReached(db, now)).toBe(1);
  expect(await recordReached(db, now)).toBe(0);
  const first = { change: 7, name: "ahead", detail: { commit: "sha-2", revision: "sha-3" } };
  expect(await reached()).toEqual([first]);
  await db.cluster.updateMany({ where: { name: "behind" }, data: { revision: "sha-2" } });
  await recordReached(db, now);
  expect((await reached()).map(({ name }) => name)).toEqual(["ahead", "behind"]);
  expect((await verifyAudit(db)).breaks).toEqual([]);
});
