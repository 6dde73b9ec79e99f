import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "../db/client.ts";
import type { Actor } from "../domain/access/actor.ts";
import { findCommit } from "./find-commit.ts";
import { listCommits } from "./list-commits.ts";

const now = new Date("2026-11-24T12:00:00Z");
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1_000);
const shas = [1, 2, 3].map((one) => String(one).repeat(40));
const [old = "", shared = "", quiet = ""] = shas;
let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;

const actor = (roles: Actor["roles"], teams: string[]): Actor => ({
  ...{ userId: "0197f3a2-0000-7000-8000-000000000001", login: "x", name: "x", image: null },
  ...{ roles, teams },
});
const vera = { actor: actor(["viewer"], []) };
const lena = { actor: actor(["requester"], ["payments"]) };
const read = (who: typeof vera, sha: string) => findCommit({ db, now, ...who }, sha);

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
  const repository = await db.fleetRepository.create({ data: { fullName: "acme/fleet" } });
  const management = await db.managementCluster.create({ data: { slug: "m", server: "x" } });
  await db.commit.createMany({
    data: shas.map((sha, position) => ({
      ...{
        repositoryId: repository.id,
        sha,
        position,
        parents: [],
        title: `c${String(position)}`,
        author: "pat",
      },
      ...{ authoredAt: ago(1_000 - 100 * position), targetsAt: now },
      paths: ["apps/base/x.yaml", "clusters/pay/cluster.yaml", "clusters/find/cluster.yaml"],
    })),
  });
  const cluster = async (name: string, team: string, more: object = {}): Promise<string> => {
    const { id } = await db.cluster.create({
      data: {
        ...{
          managementClusterId: management.id,
          namespace: name,
          name,
          team,
          provider: "AKS",
          lifecycle: "Ready",
        },
        ...{ health: "Healthy", tone: "healthy", rank: 10, word: "Healthy", contact: "ok" },
        ...{ lifecycleSince: now, healthSince: now, markSince: now },
        ...more,
      },
    });
    return id;
  };
  const pay = await cluster("pay", "payments");
  const find = await cluster("find", "search");
  const gone = await cluster("gone", "search", { deletedAt: ago(10) });
  await db.fluxObject.createMany({
    data: [pay, find].map((clusterId) => ({
      ...{ managementClusterId: management.id, clusterId, homeKey: clusterId, home: "workload" },
      ...{ kind: "Kustomization", apiVersion: "v1", namespace: "flux-system", name: "apps", uid: clusterId },
      ...(clusterId === pay ? { sync: "Suspended", sha: old } : { sync: "Synced", sha: shared }),
      since: now,
    })),
  });
  const target = {
    repositoryId: repository.id,
    sha: shared,
    position: 1,
    objects: ["workload/flux-system/apps"],
  };
  await db.commitTarget.createMany({
    data: [
      { ...target, clusterId: pay },
      { ...target, clusterId: find, appliedAt: ago(860) },
      { ...target, clusterId: gone },
      { ...target, clusterId: management.id, appliedAt: ago(700), timed: false },
    ],
  });
});

afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

test("a commit is read with every cluster it must reach, stragglers first, by a short sha too", async () => {
  const commit = await read(vera, shared.slice(0, 7));
  expect(commit).toMatchObject({
    ...{ sha: shared, author: "pat", behindHead: 1 },
    reach: { known: "known", total: 3, applied: 2, p50: 40, p95: 40 },
  });
  expect(
    commit?.clusters.map(({ name, mark, reason, seconds }) => [name, mark.word, reason, seconds]),
  ).toEqual([
    ["pay", "Suspended", "apps is suspended", null],
    ["gone", "Gone", "removed before it applied it", null],
    ["management cluster", "Applied", null, null],
    ["find", "Applied", null, 40],
  ]);
  expect(await read(vera, shared.slice(0, 6))).toBeNull();
  expect(await read(vera, "%%%%%%%%")).toBeNull();
});

test("a requester sees his own clusters, counts of them alone, and no path that names another's", async () => {
  const commit = await read(lena, shared);
  expect(commit?.clusters.map(({ name }) => name)).toEqual(["pay"]);
  expect(commit?.reach).toMatchObject({ total: 1, applied: 0, p50: null });
  expect(commit?.files).toEqual(["apps/base/x.yaml", "clusters/pay/cluster.yaml"]);
  expect(JSON.stringify(commit)).not.toContain("find");
});

test("a commit that reaches none of a requester's clusters is his to see only where one of them is at it", async () => {
  expect(await read(lena, quiet)).toBeNull();
  expect(await read(lena, old)).toMatchObject({ reach: { total: 0 }, files: ["apps/base/x.yaml"] });
});

test("the list counts for each person what he may see, newest first", async () => {
  const list = (who: typeof vera) => listCommits({ db, now, ...who }, { page: 1, pageSize: 50 });
  const all = await list(vera);
  expect(all.matched).toBe(3);
  expect(all.rows.map(({ sha, reach }) => [sha, reach.applied, reach.total])).toEqual([
    [quiet, 0, 0],
    [shared, 2, 3],
    [old, 0, 0],
  ]);
  const own = await list(lena);
  expect(own.matched).toBe(1);
  expect(own.rows.map(({ sha, reach }) => [sha, reach.applied, reach.total])).toEqual([[shared, 0, 1]]);
});
