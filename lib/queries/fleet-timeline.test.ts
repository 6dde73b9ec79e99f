import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "../db/client.ts";
import type { Role } from "../domain/access/actor.ts";
import { getClusterTimeline } from "./cluster-timeline.ts";
import type { ReadContext } from "./context.ts";
import { getFleetMoment, getFleetTimeline } from "./fleet-timeline.ts";

const now = new Date("2026-11-24T12:00:00Z");
const at = (time: string): Date => new Date(`2026-11-24T${time}:00Z`);
let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;
let management: string;

const context = (roles: Role[], teams: string[] = [], when = now): ReadContext => ({
  db,
  now: when,
  actor: { userId: randomUUID(), login: "lena.k", name: "Lena", image: null, roles, teams },
});

const cluster = (name: string, more: Record<string, unknown> = {}) => ({
  ...{
    id: randomUUID(),
    managementClusterId: management,
    namespace: name,
    name,
    provider: "AKS",
    live: true,
  },
  ...{ lifecycle: "Ready", health: "Healthy", tone: "healthy", rank: 10, word: "Healthy", team: "payments" },
  ...{ lifecycleSince: now, healthSince: now, markSince: now, createdAt: at("00:00"), ...more },
});
const interval = (clusterId: string, value: string, tone: string, from: Date, to: Date | null) => ({
  ...{ clusterId, axis: "state", value, tone, from, to, detail: tone === "failed" ? "quota used up" : null },
});

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
  const { id } = await db.managementCluster.create({
    data: { slug: "management", server: "https://x", lastContactAt: now },
  });
  management = id;
  const [web, search, gone] = [
    cluster("web", { rank: 1 }),
    cluster("search", { team: "search" }),
    cluster("gone", { deletedAt: at("05:00") }),
  ];
  await db.cluster.createMany({ data: [web, search, gone] });
  await db.clusterInterval.createMany({
    data: [
      interval(web.id, "Healthy", "healthy", at("03:00"), at("03:10")),
      interval(web.id, "Failed", "failed", at("03:10"), at("03:20")),
      // Nothing from 03:20 to 06:00.
      interval(web.id, "Healthy", "healthy", at("06:00"), null),
      interval(search.id, "Healthy", "healthy", new Date("2026-10-01T00:00:00Z"), null),
      interval(gone.id, "Deleting", "progress", at("02:00"), at("05:00")),
      { clusterId: web.id, axis: "version", value: "v1.34.5", from: at("03:00"), to: null },
    ],
  });
});
afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

test("a bucket shows the worst recorded in it, and what was not recorded is a gap, not health", async () => {
  const { rows, from, bucketMs, counts } = await getFleetTimeline(context(["viewer"]), "24h");
  expect(rows.map(({ name }) => name)).toEqual(["web", "search"]);
  const bucket = (time: string) => (at(time).getTime() - Date.parse(from)) / bucketMs;
  const web = rows[0]?.strip ?? "";
  expect(web).toHaveLength(96);
  expect(web.slice(0, bucket("03:00"))).toMatch(/^0+$/);
  expect(web.slice(bucket("03:00"), bucket("03:30"))).toBe("88");
  expect(web.slice(bucket("03:30"), bucket("06:00"))).toMatch(/^0{10}$/);
  expect(web.slice(bucket("06:00"))).toMatch(/^1{24}$/);
  expect(rows[1]?.strip).toMatch(/^1{96}$/);
  expect(counts[bucket("03:00")]).toEqual([1, 0, 0, 0, 0, 0, 0, 1]);
  for (const range of ["7d", "30d"] as const)
    expect((await getFleetTimeline(context(["viewer"]), range)).rows[0]?.strip).toMatch(/^0+8.*1$/);
});

test("silence of the management cluster is a gap from its last answer on", async () => {
  const later = context(["viewer"], [], at("15:00"));
  const { rows, to, bucketMs } = await getFleetTimeline(later, "24h");
  const silent = (Date.parse(to) - now.getTime()) / bucketMs;
  expect(rows[0]?.strip.slice(-silent)).toMatch(/^0{12}$/);
  expect(rows[0]?.strip.at(-silent - 1)).toBe("1");
  const moment = await getFleetMoment(later, "2026-11-24T14:00:00Z");
  expect(moment.counts).toEqual([{ tone: null, word: "Not recorded", count: 2 }]);
});

test("at 03:12 each cluster is as it was then, those gone since too", async () => {
  const { rows, counts, problem } = await getFleetMoment(context(["viewer"]), "2026-11-24T03:12:00Z");
  expect(problem).toBeNull();
  expect(rows.map(({ name, mark, slug }) => [name, mark?.word, slug])).toEqual([
    ["web", "Failed", "web"],
    ["gone", "Deleting", null],
    ["search", "Healthy", "search"],
  ]);
  expect(rows[0]).toMatchObject({
    cause: "quota used up",
    version: "v1.34.5",
    to: at("03:20").toISOString(),
  });
  expect(counts.map(({ word, count }) => [word, count])).toEqual([
    ["Healthy", 1],
    ["Moving", 1],
    ["Failed", 1],
  ]);
  const gap = await getFleetMoment(context(["viewer"]), "2026-11-24T05:30:00Z");
  expect(gap.rows.map(({ name, mark }) => [name, mark?.word ?? null])).toEqual([
    ["search", "Healthy"],
    ["web", null],
  ]);
});

test("before history begins it says since when there is one; what is no time is refused", async () => {
  const early = await getFleetMoment(context(["viewer"]), "2026-09-01T00:00:00Z");
  expect(early).toMatchObject({ at: null, rows: [], since: "2026-10-01T00:00:00.000Z" });
  expect(early.problem).toContain("2026-10-01");
  expect((await getFleetMoment(context(["viewer"]), "'; DROP TABLE")).problem).toContain("is no time");
});

test("one cluster's history is exact, cut to the range", async () => {
  const view = await getClusterTimeline(context(["viewer"]), "web", "24h");
  expect(view?.state.map(({ value, detail, to }) => [value, detail, to === null])).toEqual([
    ["Healthy", null, false],
    ["Failed", "quota used up", false],
    ["Healthy", null, true],
  ]);
  expect(view?.version.map(({ value }) => value)).toEqual(["v1.34.5"]);
  expect(view?.truncated).toBe(false);
});

test("history is his teams' alone, and its beginning too", async () => {
  const ctx = context(["requester"], ["payments"]);
  expect((await getFleetTimeline(ctx, "24h")).rows.map(({ name }) => name)).toEqual(["web"]);
  const moment = await getFleetMoment(ctx, "2026-11-24T03:12:00Z");
  expect(moment.rows.map(({ name }) => name)).toEqual(["web", "gone"]);
  expect(moment.since).toBe(at("02:00").toISOString());
  expect(await getClusterTimeline(ctx, "search", "24h")).toBeNull();
  expect(await getClusterTimeline(ctx, "gone", "24h")).toBeNull();
});

test("2,000 clusters over 30 days are under half a megabyte, before compression", async () => {
  const many = Array.from({ length: 2_000 }, (_, index) =>
    cluster(`a-cluster-with-a-usual-name-${String(index)}`, { team: "many", environment: "production" }),
  );
  await db.cluster.createMany({ data: many });
  const day = 86_400_000;
  await db.clusterInterval.createMany({
    data: many.flatMap(({ id }) =>
      Array.from({ length: 6 }, (_, index) =>
        interval(
          id,
          index % 2 === 0 ? "Healthy" : "Failed",
          index % 2 === 0 ? "healthy" : "failed",
          new Date(now.getTime() - (6 - index) * 4 * day),
          index === 5 ? null : new Date(now.getTime() - (5 - index) * 4 * day),
        ),
      ),
    ),
  });
  const view = await getFleetTimeline(context(["requester"], ["many"]), "30d");
  expect(view.rows).toHaveLength(2_000);
  expect(JSON.stringify(view).length).toBeLessThan(500_000);
});
