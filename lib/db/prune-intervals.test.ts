import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "./client.ts";
import { pruneIntervals } from "./prune-intervals.ts";

let database: { url: string; close(): Promise<void> };
let db: Db;

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
});
afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

test("history that ended before the moment goes, what reaches into it or is open stays", async () => {
  const day = (number: number) => new Date(Date.UTC(2026, 10, number));
  const { id: managementClusterId } = await db.managementCluster.create({ data: { slug: "m", server: "x" } });
  const since = { lifecycleSince: day(1), healthSince: day(1), markSince: day(1) };
  const marks = { lifecycle: "Ready", health: "Healthy", tone: "healthy", rank: 10, word: "Healthy" };
  const { id: clusterId } = await db.cluster.create({
    data: { managementClusterId, namespace: "a", name: "a", provider: "Dev", ...since, ...marks },
  });
  const stretch = (value: string, from: Date, to: Date | null) => ({
    ...{ clusterId, axis: "state", value, from, to },
  });
  await db.clusterInterval.createMany({
    data: [
      stretch("ended", day(1), day(5)),
      stretch("reaches in", day(5), day(15)),
      stretch("ended lately", day(15), day(16)),
      { ...stretch("open", day(1), null), axis: "version" },
      // Many batches' worth would take as many rounds; one more than a batch takes two.
      ...Array.from({ length: 5_001 }, (_, minute) => {
        const from = new Date(day(1).getTime() + minute * 60_000);
        return { ...stretch("flapping", from, new Date(from.getTime() + 60_000)), axis: "revision" };
      }),
    ],
  });
  expect(await pruneIntervals(db, day(10))).toBe(5_002);
  const left = await db.clusterInterval.findMany({ orderBy: [{ from: "asc" }] });
  expect(left.map(({ value }) => value)).toEqual(["open", "reaches in", "ended lately"]);
  expect(await pruneIntervals(db, day(10))).toBe(0);
});
