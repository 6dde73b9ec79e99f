import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "../db/client.ts";
import type { ReadContext } from "./context.ts";
import { findCluster } from "./find-cluster.ts";
import { findFlux } from "./find-flux.ts";
import type { FluxListParams } from "./flux-views.ts";
import { listFlux } from "./list-flux.ts";

const now = new Date("2026-11-24T12:00:00Z");
const since = new Date("2026-11-24T11:51:00Z");
let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;
let managementClusterId: string;

const reader = (at = now): ReadContext => ({
  ...{ db, now: at },
  actor: { userId: randomUUID(), login: "v", name: "V", image: null, teams: [], roles: ["viewer"] },
});
const params: FluxListParams = {
  ...{ text: "", cluster: "", filters: {}, sort: "state", descending: false, page: 1, pageSize: 100 },
};

const flux = (clusterId: string | null, name: string, home: string, kind = "Kustomization") => ({
  ...{ managementClusterId, clusterId, home, homeKey: clusterId ?? "management", kind, name },
  ...{
    apiVersion: "v1",
    namespace: "flux-system",
    uid: randomUUID(),
    sync: "Synced",
    since,
    message: "Applied",
  },
});

/** A cluster with one Flux object on it and one on the management cluster, one Deployment and one node. */
async function addCluster(name: string, more: Record<string, unknown>) {
  const node = { name: "n-1", pool: "user", version: "v1.34.5", tone: "healthy", word: "Ready", since: null };
  const { id } = await db.cluster.create({
    data: {
      ...{ managementClusterId, namespace: name, name, uid: randomUUID(), live: true, provider: "AKS" },
      ...{ lifecycle: "Ready", lifecycleSince: since, health: "Healthy", healthSince: since },
      ...{ tone: "healthy", rank: 10, word: "Healthy", markSince: since, contact: "ok", contactSince: since },
      nodes: [{ ...node, reason: null, message: null }],
      workloads: {
        create: {
          ...{ kind: "Deployment", namespace: "a", name: "b", desired: 1, ready: 1 },
          ...{ tone: "healthy", word: "Available" },
        },
      },
      ...more,
    },
  });
  await db.fluxObject.createMany({ data: [flux(id, `${name}-own`, "workload")] });
  await db.fluxObject.createMany({ data: [flux(id, `${name}-told`, "management")] });
}

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
  const unread = { since: since.toISOString(), why: "the portal lacks the permission" };
  const management = await db.managementCluster.create({
    data: {
      ...{ slug: "m", server: "https://x", lastContactAt: now, syncedAt: since },
      kinds: [
        { kind: "Kustomization", unread: null },
        { kind: "HelmRelease", unread },
      ],
    },
  });
  managementClusterId = management.id;
  await addCluster("well", {});
  await addCluster("gone", { contact: "unreachable", contactMessage: "no answer", word: "Unreachable" });
  await addCluster("part", {
    unread: [{ ...unread, home: "workload", kind: "Kustomization" }],
  });
  await db.fluxObject.createMany({ data: [flux(null, "shared", "management")] });
  await db.fluxObject.createMany({ data: [flux(null, "chart", "management", "HelmRelease")] });
});
afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

const states = async (ctx: ReadContext, more: Partial<FluxListParams> = {}) =>
  Object.fromEntries(
    (await listFlux(ctx, { ...params, ...more })).rows.map(({ name, mark }) => [name, mark.word]),
  );

test("of what nobody reads any more the list says Unknown, why and what it was; the rest stays as it is", async () => {
  const { rows, facets } = await listFlux(reader(), params);
  expect(Object.fromEntries(rows.map(({ name, mark }) => [name, mark.word]))).toEqual({
    ...{ "well-own": "Synced", "well-told": "Synced", shared: "Synced", "gone-told": "Synced" },
    ...{ "part-told": "Synced", "gone-own": "Unknown", "part-own": "Unknown", chart: "Unknown" },
  });
  const told = (name: string) => rows.find((row) => row.name === name);
  expect(told("gone-own")?.message).toBe("last known: Synced; its cluster’s API server does not answer");
  expect(told("part-own")?.message).toContain("Kustomizations cannot be read: the portal lacks");
  expect(told("chart")).toMatchObject({
    since: since.toISOString(),
    message: "last known: Synced; HelmReleases cannot be read: the portal lacks the permission",
  });
  expect(facets.state).toEqual([
    { value: "Unknown", label: "Unknown", count: 3, tone: "unknown" },
    { value: "Synced", label: "Synced", count: 5, tone: "healthy" },
  ]);
});

test("the filter and the order go by the state shown, not by the last known", async () => {
  expect(await states(reader(), { filters: { state: ["Unknown"] } })).toEqual({
    ...{ "gone-own": "Unknown", "part-own": "Unknown", chart: "Unknown" },
  });
  expect(Object.values(await states(reader(), { pageSize: 4 }))).toEqual([
    ...["Unknown", "Unknown", "Unknown", "Synced"],
  ]);
});

test("while the management cluster is silent, every object is Unknown", async () => {
  const later = reader(new Date(now.getTime() + 180_000));
  expect(new Set(Object.values(await states(later)))).toEqual(new Set(["Unknown"]));
  expect(await states(later, { filters: { state: ["Synced"] } })).toEqual({});
});

test("an old object's page keeps its own words, and says that they are old", async () => {
  const { rows } = await listFlux(reader(), { ...params, text: "gone-own" });
  const found = await findFlux(reader(), rows[0]?.id ?? "");
  expect(found).toMatchObject({ mark: { word: "Unknown" }, message: "Applied" });
  expect(found?.lastKnown).toContain("does not answer");
  const well = await listFlux(reader(), { ...params, text: "well-own" });
  expect(await findFlux(reader(), well.rows[0]?.id ?? "")).toMatchObject({ lastKnown: null });
});

test("nothing on a cluster that does not answer is green", async () => {
  const found = await findCluster(reader(), "gone", () => Promise.resolve([]));
  const own = found?.fluxObjects.filter(({ home }) => home === "workload") ?? [];
  const things = [...own, ...(found?.workloads ?? []), ...(found?.nodes ?? [])];
  expect(things.map(({ mark }) => mark.word)).toEqual(["Unknown", "Unknown", "Unknown"]);
  expect(found?.nodes[0]?.message).toBe("last known: Ready; its cluster’s API server does not answer");
});
