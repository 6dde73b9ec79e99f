import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "../db/client.ts";
import type { Role } from "../domain/access/actor.ts";
import type { ReadContext } from "./context.ts";
import { findCluster } from "./find-cluster.ts";
import { getFleetOverview } from "./fleet-overview.ts";
import { listClusters } from "./list-clusters.ts";
import { getShell } from "./shell.ts";
import type { ClusterListParams } from "./views.ts";

const now = new Date("2026-11-24T12:00:00Z");
const since = new Date("2026-11-24T11:00:00Z");
let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;
let managementClusterId: string;

const context = (roles: Role[], teams: string[] = [], at = now): ReadContext => ({
  db,
  now: at,
  actor: { userId: randomUUID(), login: "lena.k", name: "Lena", image: null, roles, teams },
});

async function addCluster(name: string, more: Record<string, unknown>): Promise<string> {
  const { id } = await db.cluster.create({
    data: {
      managementClusterId,
      namespace: name,
      name,
      uid: randomUUID(),
      live: true,
      inGit: true,
      provider: "AKS",
      environment: "production",
      region: "westeurope",
      lifecycle: "Ready",
      lifecycleSince: since,
      health: "Healthy",
      healthSince: since,
      tone: "healthy",
      rank: 10,
      word: "Healthy",
      markSince: since,
      desiredVersion: "v1.34.5",
      observedVersion: "v1.34.5",
      ...more,
    },
  });
  return id;
}

const failing = { tone: "failed", rank: 4, word: "Failing", sync: "Failing", syncSince: since };

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
  const management = await db.managementCluster.create({
    data: {
      slug: "management",
      server: "https://x",
      lastContactAt: new Date(now.getTime() - 5_000),
      syncedAt: since,
    },
  });
  managementClusterId = management.id;
  const pay = await addCluster("pay-1", {
    team: "payments",
    ...failing,
    cause: "Deployment web/shop is not ready",
    causeKey: "shop",
  });
  await addCluster("pay-2", {
    team: "payments",
    environment: "staging",
    labels: { tier: "gold" },
    nodesReady: 3,
    nodesDesired: 3,
  });
  const search = await addCluster("search-1", {
    team: "search",
    ...failing,
    cause: "Deployment web/shop is not ready",
    causeKey: "shop",
  });
  await addCluster("nobody", { team: null, observedVersion: "v1.33.9" });
  await addCluster("buried", { team: "payments", deletedAt: since });
  const flux = (name: string, sync: string, more: Record<string, unknown>, clusterId = pay) => ({
    managementClusterId,
    clusterId,
    home: "workload",
    homeKey: clusterId,
    kind: "Kustomization",
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    namespace: "flux-system",
    name,
    uid: randomUUID(),
    sync,
    since,
    ...more,
  });
  await db.fluxObject.createMany({
    data: [
      flux("infrastructure", "Failing", { reason: "BuildFailed", message: "a peculiar error of shop" }),
      flux(
        "infrastructure",
        "Failing",
        { reason: "BuildFailed", message: "a peculiar error of shop" },
        search,
      ),
      flux("applications", "Blocked", {
        blockedBy: "flux-system/infrastructure",
        dependsOn: ["flux-system/infrastructure"],
      }),
    ],
  });
  const repository = await db.fleetRepository.create({
    data: { fullName: "acme/fleet", headSha: "a".repeat(40) },
  });
  const change = (number: number, team: string, author: string) => ({
    repositoryId: repository.id,
    number,
    title: `Create ${team}-9`,
    body: "",
    state: "open",
    kind: "create",
    author,
    url: `https://forge/acme/fleet/pull/${String(number)}`,
    headRef: "b",
    headSha: "b",
    baseRef: "main",
    baseSha: "a",
    openedAt: since,
    updatedAt: since,
    clusters: [`${team}-9`],
    teams: [team],
  });
  await db.change.createMany({
    data: [change(1, "payments", "omar.h"), change(2, "search", "priya.s"), change(3, "search", "lena.k")],
  });
  const checks = (await db.change.findMany()).flatMap(({ id }) => [
    {
      changeId: id,
      name: "fleetwright/policy",
      headSha: "b",
      status: "completed",
      conclusion: "success",
      ours: true,
      at: since,
    },
    {
      changeId: id,
      name: "fleetwright/approval",
      headSha: "b",
      status: "in_progress",
      ours: true,
      at: since,
    },
  ]);
  await db.changeCheck.createMany({ data: checks });
});
afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

const all: ClusterListParams = {
  text: "",
  filters: {},
  sort: "state",
  descending: false,
  page: 1,
  pageSize: 50,
};
const names = async (ctx: ReadContext, params: Partial<ClusterListParams> = {}) =>
  (await listClusters(ctx, { ...all, ...params })).rows.map(({ name }) => name);

describe("scope", () => {
  test("a requester sees his team's clusters and counts of them alone; tombstones nobody", async () => {
    const requester = context(["requester"], ["payments"]);
    const list = await listClusters(requester, all);
    expect(list.rows.map(({ name }) => name)).toEqual(["pay-1", "pay-2"]);
    expect(list).toMatchObject({ matched: 2, total: 2 });
    expect(list.facets.team).toEqual([{ value: "payments", label: "payments", count: 2 }]);
    expect((await getShell(requester)).counts).toEqual({ clusters: 2, openChanges: 2 });
    const overview = await getFleetOverview(requester);
    expect(overview.total).toBe(2);
    expect(overview.trouble.flatMap(({ clusters }) => clusters.map(({ name }) => name))).toEqual(["pay-1"]);
  });

  test("a hidden cluster looks like one that does not exist", async () => {
    const files = () => Promise.resolve([]);
    expect(await findCluster(context(["requester"], ["payments"]), "search-1", files)).toBeNull();
    expect(await findCluster(context(["viewer"]), "absent", files)).toBeNull();
    expect(await findCluster(context(["viewer"]), "../etc", files)).toBeNull();
    expect(await findCluster(context(["viewer"]), "search-1", files)).toMatchObject({ name: "search-1" });
  });

  test("without a role nothing is seen; without a team's label only the wide roles see", async () => {
    expect(await names(context([]))).toEqual([]);
    expect(await names(context(["approver"]))).toContain("nobody");
  });
});

describe("list", () => {
  const viewer = () => context(["viewer"]);

  test("trouble comes first", async () => {
    expect(await names(viewer())).toEqual(["pay-1", "search-1", "nobody", "pay-2"]);
  });

  test("each filter's counts ignore that filter itself", async () => {
    const { facets, matched } = await listClusters(viewer(), {
      ...all,
      filters: { team: ["payments"], state: ["failed"] },
    });
    expect(matched).toBe(1);
    expect(facets.team).toEqual([
      { value: "payments", label: "payments", count: 1 },
      { value: "search", label: "search", count: 1 },
    ]);
    expect(facets.state.map(({ value, count }) => [value, count])).toEqual([
      ["healthy", 1],
      ["failed", 1],
    ]);
  });

  test.each([
    ["pay", ["pay-1", "pay-2"]],
    ["gold", ["pay-2"]],
    ["1.33", ["nobody"]],
    ["peculiar pay", ["pay-1"]],
    ["web/shop search", ["search-1"]],
    ["100%", []],
  ])("text %s", async (text, expected) => {
    expect(await names(viewer(), { text })).toEqual(expected);
  });

  test("silence of the management cluster makes all of it Unknown", async () => {
    const later = context(["viewer"], [], new Date(now.getTime() + 180_000));
    const { rows, facets } = await listClusters(later, all);
    expect(new Set(rows.map(({ mark }) => mark.word))).toEqual(new Set(["Unknown"]));
    expect(facets.state).toEqual([
      { value: "unknown", label: "Unknown, unreachable", count: 4, tone: "unknown" },
    ]);
    expect((await getFleetOverview(later)).trouble.map(({ title }) => title)).toEqual([
      "The management cluster does not answer",
    ]);
  });
});

test("the overview groups clusters by cause and asks an approver for what is not his own", async () => {
  const overview = await getFleetOverview(context(["approver"]));
  expect(overview.trouble).toHaveLength(1);
  expect(overview.trouble[0]?.clusters.map(({ name }) => name).sort()).toEqual(["pay-1", "search-1"]);
  expect(overview.summary.find(({ tone }) => tone === "failed")).toMatchObject({
    count: 2,
    href: "/clusters?state=failed",
  });
  expect(overview.waitingForMe.map(({ number }) => number)).toEqual([1, 2]);
  expect(overview.versions).toEqual([
    { version: "v1.34", count: 3 },
    { version: "v1.33", count: 1 },
  ]);
});

test("a cluster's page names the cause, what waits for it, and nests Flux objects", async () => {
  const cluster = await findCluster(context(["viewer"]), "pay-1", () => Promise.resolve([]));
  const sentence = cluster?.trouble?.sentence.map(({ text }) => text).join("");
  expect(sentence).toContain("flux-system/infrastructure says: a peculiar error of shop.");
  expect(sentence).toContain("applications waits for it.");
  expect(cluster?.fluxObjects.map(({ name, depth }) => [name, depth])).toEqual([
    ["infrastructure", 0],
    ["applications", 1],
  ]);
});
