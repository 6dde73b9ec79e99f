import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { seededFleet, type SeededFleet } from "../../../sandbox/fleet/testing/seeded-fleet.ts";
import { testDatabase } from "../../../sandbox/testing/postgres.ts";
import { kubectlPath } from "../../../scripts/tools.ts";
import type { ChangeWorld } from "../../changes/change-world.ts";
import { openDb } from "../../db/client.ts";
import { openMirror } from "../../git/open-mirror.ts";
import { treeBuilder } from "../../server/tree-builder.ts";
import { readRepository } from "../changes/read-repository.ts";
import { startRadar } from "./start-radar.ts";

let fleet: SeededFleet;
let world: ChangeWorld;
let database: Awaited<ReturnType<typeof testDatabase>>;
let dir: string;
let names: string[];
const silent = (): void => undefined;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "radar-"));
  fleet = await seededFleet(4);
  database = await testDatabase();
  const db = openDb(database.url);
  const mirror = openMirror({
    dir: join(dir, "mirror.git"),
    url: fleet.gitDir,
    credentials: () => Promise.resolve({ username: "x", password: "y" }),
  });
  const buildFleet = treeBuilder(mirror, await kubectlPath());
  const { id } = await db.fleetRepository.create({ data: { fullName: "acme/fleet" } });
  world = {
    ...{ db, mirror, buildFleet, portalUrl: null, now: () => new Date() },
    log: { info: silent, warn: silent, error: silent },
    repository: { id, fullName: "acme/fleet", defaultBranch: "main", webUrl: fleet.gitDir },
  } as unknown as ChangeWorld;
  await fleet.git("config", "user.email", "pat@example.com");
  await fleet.git("config", "user.name", "pat");
  const head = await fetchAll();
  await seedInventory(head);
  // What is older than this test is none of its business: only new commits are worked out.
  await db.commit.updateMany({ data: { targetsAt: new Date() } });
});

afterAll(async () => {
  await world.db.$disconnect();
  await database.close();
  await fleet.close();
  await rm(dir, { recursive: true, force: true });
});

async function fetchAll(): Promise<string> {
  const { head } = await world.mirror.fetch();
  if (head === null) throw new Error("no head");
  await readRepository(world, head);
  return head;
}

/** The inventory as the sync engine would have written it, all of it at one commit. */
async function seedInventory(sha: string): Promise<void> {
  const { db, mirror, buildFleet } = world;
  const management = await db.managementCluster.create({ data: { slug: "management", server: "x" } });
  const builds = await buildFleet(await mirror.treeOf(sha));
  names = [...new Set(builds.flatMap(({ home }) => (home === "management" ? [] : [home])))].sort();
  for (const name of names) await addCluster(management.id, name);
  const clusters = new Map((await db.cluster.findMany()).map((one) => [one.name, one.id]));
  for (const { home, namespace, name, cluster } of builds) {
    const clusterId = clusters.get(cluster ?? "") ?? null;
    const homeKey = home === "management" ? "management" : (clusterId ?? "");
    await db.fluxObject.create({
      data: {
        ...{ managementClusterId: management.id, clusterId, homeKey, namespace, name, sha },
        ...{ home: home === "management" ? "management" : "workload", kind: "Kustomization" },
        ...{
          apiVersion: "v1",
          uid: `${home}/${namespace}/${name}`,
          since: new Date(),
          appliedAt: new Date(),
        },
      },
    });
  }
}

const addCluster = (managementClusterId: string, name: string) =>
  world.db.cluster.create({
    data: {
      ...{
        managementClusterId,
        namespace: name,
        name,
        provider: "AKS",
        lifecycle: "Ready",
        health: "Healthy",
      },
      ...{ tone: "healthy", rank: 10, word: "Healthy" },
      ...{ lifecycleSince: new Date(), healthSince: new Date(), markSince: new Date() },
    },
  });

async function push(title: string): Promise<string> {
  await fleet.git("add", "-A");
  await fleet.git("commit", "-qm", title);
  await fleet.git("push", "-q", "origin", "HEAD:main");
  return fetchAll();
}

async function targetsOf(sha: string) {
  const rows = await world.db.commitTarget.findMany({ where: { sha } });
  const clusters = new Map((await world.db.cluster.findMany()).map((one) => [one.id, one.name]));
  return rows
    .map((row) => ({ ...row, cluster: clusters.get(row.clusterId) ?? "management" }))
    .sort((a, b) => (a.cluster < b.cluster ? -1 : 1));
}

const isWorkedOut = async (sha: string): Promise<void> => {
  const row = await world.db.commit.findFirst({ where: { sha } });
  expect(row?.targetsAt ?? null).not.toBeNull();
};

const waiting = { timeout: 50_000, interval: 100 };

test("a commit to a base is followed to every cluster that builds on it, until the last has applied it", async () => {
  await appendFile(join(fleet.checkout, "infrastructure/base/ingress-nginx.yaml"), "# newer\n");
  const sha = await push("Raise ingress-nginx");
  const radar = startRadar(world, 50);
  try {
    await vi.waitFor(() => isWorkedOut(sha), waiting);
    const targets = await targetsOf(sha);
    expect(targets.map(({ cluster }) => cluster)).toEqual(names);
    expect(targets.every(({ appliedAt }) => appliedAt === null)).toBe(true);
    expect(targets[0]?.objects).toEqual([expect.stringMatching(/^workload\/.*\/infrastructure$/)]);

    const [first, ...others] = targets;
    const at = new Date("2026-11-24T12:00:05Z");
    const apply = (ids: string[]) =>
      world.db.fluxObject.updateMany({
        where: { homeKey: { in: ids }, name: "infrastructure" },
        data: { sha, appliedAt: at },
      });
    await apply([first?.clusterId ?? ""]);
    await vi.waitFor(async () => {
      const applied = (await targetsOf(sha)).filter(({ appliedAt }) => appliedAt !== null);
      expect(applied).toEqual([expect.objectContaining({ cluster: names[0], appliedAt: at, timed: true })]);
    }, waiting);
    await apply(others.map(({ clusterId }) => clusterId));
    await vi.waitFor(async () => {
      expect((await targetsOf(sha)).every(({ appliedAt }) => appliedAt !== null)).toBe(true);
    }, waiting);
  } finally {
    await radar.close();
  }
});

test("a later commit counts, one that is not on the branch does not, and when it was is not known then", async () => {
  const name = names[0] ?? "";
  const file = `clusters/${name}/cluster.yaml`;
  await appendFile(join(fleet.checkout, file), "# one\n");
  const early = await push("Change one cluster");
  await writeFile(join(fleet.checkout, "README.md"), "nothing builds this\n");
  const late = await push("Write a readme");
  const where = { cluster: { name }, name: "cluster" };
  await world.db.fluxObject.updateMany({ where, data: { sha: "0".repeat(40) } });
  const radar = startRadar(world, 50);
  try {
    await vi.waitFor(() => isWorkedOut(early), waiting);
    await isWorkedOut(late);
    expect(await targetsOf(late)).toEqual([]);
    expect((await targetsOf(early)).map(({ cluster, appliedAt }) => [cluster, appliedAt])).toEqual([
      [name, null],
    ]);
  } finally {
    await radar.close();
  }
  // Looked at for the first time again, by when the cluster is past it.
  await world.db.fluxObject.updateMany({ where, data: { sha: late } });
  await world.db.commit.updateMany({ where: { sha: early }, data: { targetsAt: null } });
  const again = startRadar(world, 50);
  try {
    await vi.waitFor(async () => {
      expect((await targetsOf(early))[0]?.appliedAt ?? null).not.toBeNull();
      await isWorkedOut(early);
    }, waiting);
    expect((await targetsOf(early))[0]?.timed).toBe(false);
  } finally {
    await again.close();
  }
});

test("a cluster that a commit brings is waited for until the inventory knows it", async () => {
  const name = names[1] ?? "";
  const row = await world.db.cluster.findFirstOrThrow({ where: { name } });
  await world.db.cluster.update({ where: { id: row.id }, data: { name: "elsewhere" } });
  await appendFile(join(fleet.checkout, `clusters/${name}/cluster.yaml`), "# two\n");
  const sha = await push("Change a cluster nobody knows yet");
  const radar = startRadar(world, 50);
  try {
    await vi.waitFor(async () => {
      const { targetsAt } = await world.db.commit.findFirstOrThrow({ where: { sha } });
      expect([targetsAt, await targetsOf(sha)]).toEqual([null, []]);
    }, waiting);
    await world.db.cluster.update({ where: { id: row.id }, data: { name } });
    await vi.waitFor(() => isWorkedOut(sha), waiting);
    expect((await targetsOf(sha)).map(({ cluster }) => cluster)).toEqual([name]);
  } finally {
    await radar.close();
  }
});
