import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "../db/client.ts";
import type { Role } from "../domain/access/actor.ts";
import type { ReadContext } from "./context.ts";
import { listClusters } from "./list-clusters.ts";
import { getVersionMatrix } from "./version-matrix.ts";

const now = new Date("2026-11-24T12:00:00Z");
let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;
let managementClusterId: string;

const context = (roles: Role[], teams: string[] = []): ReadContext => ({
  db,
  now,
  actor: { userId: randomUUID(), login: "lena.k", name: "Lena", image: null, roles, teams },
});

async function addCluster(name: string, version: string | null, more: Record<string, unknown> = {}) {
  const since = { lifecycleSince: now, healthSince: now, markSince: now };
  const mark = { lifecycle: "Ready", health: "Healthy", tone: "healthy", rank: 10, word: "Healthy" };
  const versions = { desiredVersion: version, observedVersion: version };
  const { id } = await db.cluster.create({
    data: {
      ...{ managementClusterId, namespace: name, name, provider: "AKS", environment: "production" },
      ...{ ...since, ...mark, ...versions, team: "payments", ...more },
    },
  });
  return id;
}

const pool = (clusterId: string, name: string, observedVersion: string | null) => ({
  ...{ clusterId, kind: "MachinePool", name: `${name}-full`, displayName: name, observedVersion },
  ...{ tone: "healthy", word: "Ready" },
});
const controller = (clusterId: string, image: string) => ({
  ...{ clusterId, kind: "Deployment", namespace: "flux-system", name: "source-controller" },
  ...{ desired: 1, ready: 1, tone: "healthy", word: "Ready", images: [image] },
});
const release = (clusterId: string, revision: string | null) => ({
  ...{ managementClusterId, clusterId, home: "workload", homeKey: clusterId, kind: "HelmRelease" },
  ...{ apiVersion: "helm.toolkit.fluxcd.io/v2", namespace: "ingress", name: "ingress-nginx", revision },
  ...{ uid: randomUUID(), since: now },
});

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
  const { id } = await db.managementCluster.create({
    data: { slug: "management", server: "https://x", lastContactAt: now, syncedAt: now },
  });
  managementClusterId = id;
  const old = await addCluster("pay-old", "v1.33.9");
  const ending = await addCluster("pay-ending", "v1.34.5", { environment: "staging" });
  await addCluster("pay-upgrading", "v1.34.5", { desiredVersion: "v1.35.4" });
  await addCluster("pay-ahead", "v1.35.7", { desiredVersion: "v1.35.4", ahead: true });
  await addCluster("pay-new", null, { environment: null });
  await addCluster("search-dev", "v1.34.5", { team: "search", provider: "Dev" });
  await addCluster("buried", "v1.30.0", { deletedAt: now });
  await db.pool.createMany({
    data: [
      pool(old, "system", "v1.33.9"),
      pool(old, "web", "v1.31.12"),
      pool(ending, "system", "v1.34.4"),
      pool(ending, "odd", "latest"),
      pool(ending, "unknown", null),
    ],
  });
  await db.workload.createMany({
    data: [
      controller(old, "ghcr.io/fluxcd/source-controller:v1.6.2"),
      controller(ending, "ghcr.io/fluxcd/source-controller:v1.7.4"),
    ],
  });
  await db.fluxObject.createMany({ data: [release(old, "4.12.1"), release(ending, null)] });
});
afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

test("every cell's link leads to exactly the clusters it counts", async () => {
  const ctx = context(["viewer"]);
  const { matrix, total } = await getVersionMatrix(ctx);
  expect(total).toBe(6);
  let cells = 0;
  for (const { version, cells: counts } of matrix.minors.flatMap((minor) => [minor, ...minor.patches])) {
    for (const [environment, count] of Object.entries(counts)) {
      const filters = { version: [version], environment: [environment] };
      const list = await listClusters(ctx, {
        ...{ text: "", filters, sort: "name", descending: false, page: 1, pageSize: 50 },
      });
      expect(list.matched, `${version} in ${environment}`).toBe(count);
      cells += 1;
    }
  }
  expect(cells).toBe(8);
});

test("what is out of support or ends within 60 days comes first, by the calendar of who runs it", async () => {
  const { aging } = await getVersionMatrix(context(["viewer"]));
  expect(aging.total).toBe(4);
  expect(
    aging.clusters.map(({ name, support }) => [name, support.calendar, support.state, support.days]),
  ).toEqual([
    ["pay-old", "aks", "ended", -116],
    ["search-dev", "upstream", "ended", -28],
    ["pay-ending", "aks", "ending", 6],
    ["pay-upgrading", "aks", "ending", 6],
  ]);
});

test("upgrades under way and clusters ahead of Git are told apart, pools behind named with how far", async () => {
  const { moves, poolsBehind, unknown } = await getVersionMatrix(context(["viewer"]));
  expect(moves.map(({ from, to, ahead, clusters }) => [from, to, ahead, clusters[0]?.slug])).toEqual([
    ["v1.34.5", "v1.35.4", false, "pay-upgrading"],
    ["v1.35.7", "v1.35.4", true, "pay-ahead"],
  ]);
  expect(poolsBehind.total).toBe(2);
  expect(
    poolsBehind.pools.map(({ cluster, pool, minorsBehind }) => [cluster.slug, pool, minorsBehind]),
  ).toEqual([
    ["pay-old", "web", 2],
    ["pay-ending", "system", 0],
  ]);
  expect(unknown).toEqual({ none: 1 });
});

test("versions of Flux and of add-ons by environment, and what is not known is counted", async () => {
  const { flux, addOns, fluxUnknown } = await getVersionMatrix(context(["viewer"]));
  expect(flux).toEqual([
    {
      part: "source-controller",
      spread: 2,
      cells: {
        production: [{ version: "v1.6.2", count: 1 }],
        staging: [{ version: "v1.7.4", count: 1 }],
      },
    },
  ]);
  expect(fluxUnknown).toEqual({ production: 3, none: 1 });
  expect(addOns[0]).toMatchObject({
    part: "ingress/ingress-nginx",
    cells: { staging: [{ version: null, count: 1 }] },
  });
});

test("a requester's counts, names and versions are his teams' alone", async () => {
  const view = await getVersionMatrix(context(["requester"], ["search"]));
  expect(view.total).toBe(1);
  expect(view.matrix.minors.map(({ version, total }) => [version, total])).toEqual([["v1.34", 1]]);
  expect(JSON.stringify(view)).not.toMatch(/pay-|v1\.33\.9|v1\.6\.2|ingress/);
  expect((await getVersionMatrix(context(["requester"]))).total).toBe(0);
});
