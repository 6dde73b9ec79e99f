import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { listen } from "../../db/notify.ts";
import { clusterYaml, kustomization, liveCluster, startSyncWorld } from "./testing/sync-world.ts";

let world: Awaited<ReturnType<typeof startSyncWorld>>;

beforeAll(async () => {
  world = await startSyncWorld();
  for (const name of ["one", "two", "three", "four"]) await world.namespace(name);
  world.git.set("one", clusterYaml("one"));
  await world.apply(liveCluster("one", { team: "forged" }));
  world.sync();
});
afterAll(() => world.close());

const row = (name: string) => world.db.cluster.findFirst({ where: { name, deletedAt: null } });
const names = async () =>
  (await world.db.cluster.findMany({ where: { deletedAt: null, live: true }, orderBy: { name: "asc" } })).map(
    ({ name }) => name,
  );
const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 20_000, interval: 50 });

describe("inventory", () => {
  test("a live cluster becomes a row; its team is that of merged Git, not of the live object", async () => {
    await until(async () =>
      expect(await row("one")).toMatchObject({ live: true, inGit: true, team: "payments" }),
    );
    expect(await row("one")).toMatchObject({
      lifecycle: "Provisioning",
      word: "Provisioning",
      provider: "Dev",
    });
  });

  test("what only Git has is Not applied; what only a pull request asks for is Requested", async () => {
    world.git.set("two", clusterYaml("two"));
    const repository = await world.db.fleetRepository.create({ data: { fullName: "acme/fleet" } });
    const at = new Date();
    await world.db.change.create({
      data: {
        repositoryId: repository.id,
        number: 7,
        title: "Create asked",
        body: "",
        state: "open",
        kind: "create",
        author: "lena.k",
        url: "https://forge/acme/fleet/pull/7",
        headRef: "b",
        headSha: "b",
        baseRef: "main",
        baseSha: "a",
        openedAt: at,
        updatedAt: at,
        clusters: ["asked"],
        teams: ["search"],
        meta: { clusters: [{ name: "asked", team: "forged", provider: "aks", version: "v1.34.5" }] },
      },
    });
    await until(async () =>
      expect(await row("two")).toMatchObject({ word: "Not applied", live: false, inGit: true }),
    );
    await until(async () =>
      expect(await row("asked")).toMatchObject({
        word: "Requested",
        requestedBy: 7,
        team: "search",
        provider: "AKS",
        minor: "v1.34",
      }),
    );
    await world.db.change.updateMany({ where: { number: 7 }, data: { state: "closed" } });
    await until(async () => expect(await row("asked")).toBeNull());
  });

  test("equals a fresh list after connections were cut and watches expired", async () => {
    world.proxy.down = true;
    world.proxy.cut();
    await world.apply(liveCluster("three"));
    await world.apply(liveCluster("four"));
    await world.remove("cluster", "one", "one");
    world.proxy.expireNextWatches(40);
    world.proxy.down = false;
    await until(async () => expect(await names()).toEqual(["four", "three"]));
    expect(await world.db.managementCluster.findFirst()).toMatchObject({ slug: "management" });
  });

  test("a re-created cluster keeps its id and gets a second life", async () => {
    const before = await row("three");
    await world.remove("cluster", "three", "three");
    await until(async () => {
      const buried = await world.db.cluster.findFirst({ where: { name: "three" } });
      expect(buried?.deletedAt).not.toBeNull();
    });
    await world.apply(liveCluster("three"));
    await until(async () => expect((await row("three"))?.uid ?? before?.uid).not.toBe(before?.uid));
    const after = await row("three");
    expect(after?.id).toBe(before?.id);
    const lives = await world.db.clusterIncarnation.findMany({
      where: { clusterId: after?.id ?? "" },
      orderBy: { firstSeen: "asc" },
    });
    expect(lives).toHaveLength(2);
    expect(lives.map(({ endedAt }) => endedAt === null)).toEqual([false, true]);
  });

  test("a reconcile under way flips no settled state, and every change is told by id", async () => {
    const heard: string[] = [];
    const listener = listen({
      url: world.databaseUrl,
      onMessage: ({ topic, id }) => heard.push(`${topic} ${id}`),
      onResync: () => undefined,
    });
    await world.apply(
      kustomization("cluster", "four", { status: "True", reason: "ReconciliationSucceeded" }),
    );
    const flux = () => world.db.fluxObject.findFirst({ where: { name: "cluster", namespace: "four" } });
    await until(async () => expect(await flux()).toMatchObject({ sync: "Synced", moving: false }));
    await world.apply(kustomization("cluster", "four", { status: "Unknown", reason: "Progressing" }));
    await until(async () => expect(await flux()).toMatchObject({ sync: "Synced", moving: true }));
    await world.apply(
      kustomization("cluster", "four", {
        status: "False",
        reason: "HealthCheckFailed",
        message:
          "health check failed after 2m0s: timeout waiting for: [Deployment/web/shop status: 'InProgress']",
      }),
    );
    await until(async () =>
      expect(await row("four")).toMatchObject({
        word: "Unhealthy",
        cause: "Deployment web/shop is not ready",
      }),
    );
    const four = await row("four");
    await vi.waitFor(() => {
      expect(heard).toContain(`cluster ${four?.id ?? ""}`);
    });
    await listener.close();
  });

  test("an unchanged fleet is not written again", async () => {
    const four = await row("four");
    await world.db.$executeRaw`SELECT pg_sleep(0.5)`;
    expect((await row("four"))?.updatedAt).toEqual(four?.updatedAt);
  });
});

test("two engines: one leads, and the other takes over when it stops", async () => {
  const second = world.sync();
  const epoch = async () => (await world.db.managementCluster.findFirst())?.epoch;
  const first = await epoch();
  await world.db.$executeRaw`SELECT pg_sleep(0.3)`;
  expect(await epoch()).toBe(first);
  await second.close();
});
