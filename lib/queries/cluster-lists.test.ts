import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "../db/client.ts";
import type { Actor, Role } from "../domain/access/actor.ts";
import { chooseColumns } from "../usecases/views/choose-columns.ts";
import { dropView } from "../usecases/views/drop-view.ts";
import { keepView } from "../usecases/views/keep-view.ts";
import { exportClusters } from "./export-clusters.ts";
import { listClusters } from "./list-clusters.ts";
import { chosenColumns, listViews } from "./list-views.ts";
import type { ClusterListParams } from "./views.ts";

const now = new Date("2026-11-24T12:00:00Z");
let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;
const people = new Map<string, string>();

const actor = (login: string, role: Role, teams: string[] = []): Actor => ({
  userId: people.get(login) ?? randomUUID(),
  login,
  name: login,
  image: null,
  roles: [role],
  teams,
});
const read = (who: Actor) => ({ db, now, actor: who });
const all: ClusterListParams = {
  text: "",
  filters: {},
  sort: "name",
  descending: false,
  page: 1,
  pageSize: 2,
};

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
  for (const [index, login] of ["lena", "jonas", "omar"].entries()) {
    const { id } = await db.user.create({ data: { forgeId: BigInt(index + 1), login } });
    people.set(login, id);
  }
  const { id: managementClusterId } = await db.managementCluster.create({
    data: { slug: "management", server: "https://x", lastContactAt: now, syncedAt: now },
  });
  const add = (name: string, team: string, more: Record<string, unknown>) =>
    db.cluster.create({
      data: {
        ...{ managementClusterId, namespace: name, name, team, provider: "AKS", lifecycle: "Ready" },
        ...{ lifecycleSince: now, health: "Healthy", healthSince: now, markSince: now },
        ...{ tone: "healthy", rank: 10, word: "Healthy", observedVersion: "v1.34.5", ...more },
      },
    });
  await add("a-1", "payments", { environment: "staging", owner: "=cmd|' /C calc'!A0" });
  await add("b-1", "payments", { environment: "production", cause: 'says "no", twice' });
  await add("c-1", "search", { environment: "production" });
  await add("d-1", "search", {});
});
afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

test("groups stand together over all pages, with their counts, and what has no value comes last", async () => {
  const viewer = read(actor("omar", "viewer"));
  const pages = await Promise.all(
    [1, 2].map((page) => listClusters(viewer, { ...all, group: "environment", page })),
  );
  const names = pages.flatMap(({ rows }) => rows.map(({ name }) => name));
  expect(names).toEqual(["b-1", "c-1", "a-1", "d-1"]);
  expect(pages[1]?.groups?.counts).toEqual({ production: 2, staging: 1, "No environment": 1 });
  expect(Object.values(pages[1]?.groups?.of ?? {})).toEqual(["staging", "No environment"]);
});

test("an export has every page of what the person may see, and no cell is a formula", async () => {
  const csv = await exportClusters(read(actor("lena", "requester", ["payments"])), all, "csv");
  const lines = csv.trim().split("\n");
  expect(lines).toHaveLength(3);
  expect(csv).toContain(`'=cmd|`);
  expect(csv).toContain(`"says ""no"", twice"`);
  const json = await exportClusters(read(actor("omar", "viewer")), { ...all, text: "c-1" }, "json");
  expect(JSON.parse(json)).toMatchObject([{ name: "c-1", state: "Healthy", team: "search" }]);
});

test("a view is seen by its maker and by the team he shares it with, and changed by nobody else", async () => {
  const lena = actor("lena", "requester", ["payments"]);
  const jonas = actor("jonas", "requester", ["search"]);
  const view = { page: "clusters", name: "Mine", team: null, search: "state=failed" };
  const kept = await keepView({ actor: lena, db }, view);
  expect(await keepView({ actor: lena, db }, { ...view, name: "Ours", team: "payments" })).toMatchObject({
    ok: true,
  });
  expect(await keepView({ actor: lena, db }, { ...view, team: "search" })).toMatchObject({
    code: "forbidden",
  });
  const names = async (who: Actor) => (await listViews(read(who), "clusters")).views.map(({ name }) => name);
  expect(await names(lena)).toEqual(["Mine", "Ours"]);
  expect(await names(jonas)).toEqual([]);
  expect(await names(actor("omar", "approver", ["payments"]))).toEqual(["Ours"]);
  const id = kept.ok ? kept.value.id : "";
  expect(await dropView({ actor: jonas, db }, { id })).toMatchObject({ ok: false, code: "not-found" });
  expect(await dropView({ actor: actor("omar", "platform-engineer"), db }, { id })).toMatchObject({
    ok: false,
  });
  expect(await dropView({ actor: lena, db }, { id })).toMatchObject({ ok: true });
  expect(await names(lena)).toEqual(["Ours"]);
});

test("kept under the same name, a view is replaced", async () => {
  const who = actor("omar", "platform-engineer");
  const view = { page: "clusters", name: "Prod", team: "search", search: "a=1" };
  await keepView({ actor: who, db }, view);
  await keepView({ actor: who, db }, { ...view, search: "a=2" });
  const { views } = await listViews(read(who), "clusters");
  expect(views.filter(({ name }) => name === "Prod")).toMatchObject([{ search: "a=2", team: "search" }]);
});

test.each([
  ["no name", { page: "clusters", name: " ", team: null, search: "" }],
  ["another page", { page: "secrets", name: "x", team: null, search: "" }],
  ["a line break in the address", { page: "clusters", name: "x", team: null, search: "a\r\nb" }],
])("a view with %s is refused", async (_what, view) => {
  expect(await keepView({ actor: actor("lena", "viewer"), db }, view)).toMatchObject({
    ok: false,
    code: "invalid",
  });
});

test("columns are remembered per person", async () => {
  const lena = actor("lena", "viewer");
  expect(await chosenColumns(read(lena))).toBeNull();
  expect(await chooseColumns({ actor: lena, db }, { columns: ["state", "team"] })).toMatchObject({
    ok: true,
  });
  expect(await chosenColumns(read(lena))).toEqual(["state", "team"]);
  expect(await chosenColumns(read(actor("jonas", "viewer")))).toBeNull();
  expect(await chooseColumns({ actor: lena, db }, { columns: ["<b>"] })).toMatchObject({ ok: false });
});
