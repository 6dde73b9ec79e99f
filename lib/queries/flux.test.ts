import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "../db/client.ts";
import type { Role } from "../domain/access/actor.ts";
import type { ReadContext } from "./context.ts";
import { findFlux } from "./find-flux.ts";
import type { FluxListParams } from "./flux-views.ts";
import { listFlux } from "./list-flux.ts";

const now = new Date("2026-11-24T12:00:00Z");
const since = new Date("2026-11-24T11:00:00Z");
let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;
const ids = new Map<string, string>();

const context = (role: Role, teams: string[] = []): ReadContext => ({
  db,
  now,
  actor: { userId: randomUUID(), login: "lena.k", name: "Lena", image: null, roles: [role], teams },
});

const all: FluxListParams = {
  text: "",
  cluster: "",
  filters: {},
  sort: "state",
  descending: false,
  page: 1,
  pageSize: 100,
};

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
  const { id: managementClusterId } = await db.managementCluster.create({
    data: { slug: "management", server: "https://x", lastContactAt: now, syncedAt: since },
  });
  const cluster = async (name: string, team: string) =>
    db.cluster.create({
      data: {
        ...{ managementClusterId, namespace: name, name, team, provider: "AKS", environment: "production" },
        ...{ lifecycle: "Ready", lifecycleSince: since, health: "Healthy", healthSince: since },
        ...{ tone: "healthy", rank: 10, word: "Healthy", markSince: since },
      },
    });
  const pay = await cluster("pay", "payments");
  const search = await cluster("search", "search");
  const add = async (clusterId: string | null, name: string, more: Record<string, unknown>) => {
    const { id } = await db.fluxObject.create({
      data: {
        ...{ managementClusterId, clusterId, home: clusterId ? "workload" : "management" },
        ...{ homeKey: clusterId ?? "management", kind: "Kustomization", name, namespace: "flux-system" },
        ...{
          apiVersion: "kustomize.toolkit.fluxcd.io/v1",
          uid: randomUUID(),
          sync: "Synced",
          since,
          ...more,
        },
      },
    });
    ids.set(name, id);
  };
  await add(pay.id, "infra", {
    sync: "Failing",
    reason: "BuildFailed",
    message: "no such file 100%_sure",
    sourceKind: "GitRepository",
    sourceNamespace: "flux-system",
    sourceName: "fleet",
    inventory: ["web_shop_apps_Deployment", "_team-a__Namespace"],
    requestedAt: "b",
    handledAt: "a",
  });
  await add(pay.id, "apps", {
    sync: "Blocked",
    blockedBy: "flux-system/infra",
    dependsOn: ["flux-system/infra"],
  });
  await add(pay.id, "fleet", { kind: "GitRepository", requestedAt: "b", handledAt: "b" });
  await add(search.id, "other", { sync: "Suspended", suspended: true });
  await add(null, "shared", {});
});
afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

const names = async (ctx: ReadContext, more: Partial<FluxListParams> = {}): Promise<string[]> =>
  (await listFlux(ctx, { ...all, ...more })).rows.map(({ name }) => name);

test("the worst comes first, and the order is the same at every reading", async () => {
  expect(await names(context("viewer"))).toEqual(["infra", "apps", "other", "shared", "fleet"]);
});

test("a requester sees, counts and finds the objects of his teams' clusters only, by any filter", async () => {
  const lena = context("requester", ["payments"]);
  const list = await listFlux(lena, all);
  expect(list.rows.map(({ name }) => name)).toEqual(["infra", "apps", "fleet"]);
  expect([list.matched, list.total]).toEqual([3, 3]);
  expect(list.facets.team).toEqual([{ value: "payments", label: "payments", count: 3 }]);
  expect(await names(lena, { cluster: "search" })).toEqual([]);
  expect(await names(lena, { cluster: "management" })).toEqual([]);
  expect(await findFlux(lena, ids.get("other") ?? "")).toBeNull();
  expect(await findFlux(lena, ids.get("shared") ?? "")).toBeNull();
});

test("a filter counts what the others let through, and keeps a chosen value that nothing has", async () => {
  const { facets, matched } = await listFlux(context("viewer"), {
    ...all,
    filters: { state: ["Failing", "Late"] },
  });
  expect(matched).toBe(1);
  expect(facets.state.map(({ value, count }) => [value, count])).toEqual([
    ["Failing", 1],
    ["Blocked", 1],
    ["Late", 0],
    ["Suspended", 1],
    ["Synced", 2],
  ]);
  expect(facets.kind).toEqual([{ value: "Kustomization", label: "Kustomization", count: 1 }]);
});

test.each([
  ["100%_", ["infra"]],
  ["shop%", []],
  ['\'; DROP TABLE "FluxObject"; --', []],
  ["kustomization pay", ["infra", "apps"]],
])("the text %j is looked for as it stands", async (text, expected) => {
  expect(await names(context("viewer"), { text })).toEqual(expected);
});

test("an object says what it hangs on, what waits for it, and how a wish to reconcile stands", async () => {
  const lena = context("requester", ["payments"]);
  expect(await findFlux(lena, ids.get("infra") ?? "")).toMatchObject({
    demand: "asked",
    source: { id: ids.get("fleet"), label: "GitRepository flux-system/fleet" },
    waiting: [{ id: ids.get("apps") }],
    inventory: [
      { namespace: "web", name: "shop", group: "apps", kind: "Deployment" },
      { namespace: "", name: "team-a", group: "", kind: "Namespace" },
    ],
    reconcile: { allowed: true },
  });
  expect(await findFlux(lena, ids.get("apps") ?? "")).toMatchObject({ blockedBy: { id: ids.get("infra") } });
  expect(await findFlux(lena, ids.get("fleet") ?? "")).toMatchObject({
    demand: "handled",
    isSource: true,
    waiting: [{ id: ids.get("infra") }],
  });
  expect(await findFlux(context("viewer"), ids.get("apps") ?? "")).toMatchObject({
    reconcile: { allowed: false },
  });
});

test.each(["", "x", "00000000-0000-0000-0000-000000000000"])("there is no object %j", async (id) => {
  expect(await findFlux(context("viewer"), id)).toBeNull();
});
