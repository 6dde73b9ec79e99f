import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openDb, type Db } from "../../db/client.ts";
import { KubeClient } from "../../kubernetes/client.ts";
import { checkInventory } from "./check-inventory.ts";
import { kustomization, liveCluster, startSyncWorld } from "./testing/sync-world.ts";
import { startTcpProxy, type TcpProxy } from "./testing/tcp-proxy.ts";

let world: Awaited<ReturnType<typeof startSyncWorld>>;
let proxy: TcpProxy;
let db: Db;
let direct: KubeClient;

const good = { status: "True", reason: "ReconciliationSucceeded" };
const equal = () =>
  vi.waitFor(
    async () => {
      const { id } = await world.db.managementCluster.findFirstOrThrow();
      const options = { db: world.db, managementClusterId: id, management: direct };
      expect(await checkInventory(options)).toEqual([]);
    },
    { timeout: 25_000, interval: 100 },
  );

beforeAll(async () => {
  world = await startSyncWorld();
  direct = new KubeClient(world.connect());
  const url = new URL(world.databaseUrl);
  proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
  url.hostname = "127.0.0.1";
  url.port = String(proxy.port);
  db = openDb(url.href);
  for (const name of ["one", "two"]) {
    await world.namespace(name);
    await world.apply(liveCluster(name));
    await world.apply(kustomization("cluster", name, good));
  }
  const quiet = () => undefined;
  world.sync({ db, databaseUrl: url.href, logger: { info: quiet, warn: quiet, error: quiet } });
  await equal();
});
afterAll(async () => {
  await world.close();
  await Promise.all([db.$disconnect(), proxy.close(), direct.connection.close()]);
});

test("Postgres gone for ten seconds: what came meanwhile is there afterwards, object by object", async () => {
  await proxy.down();
  await world.namespace("three");
  await world.apply(liveCluster("three"));
  await world.remove("cluster", "two", "two");
  await world.apply(
    kustomization("cluster", "one", { status: "False", reason: "BuildFailed", message: "no" }),
  );
  await world.remove("kustomization", "cluster", "two");
  await pause(10_000);
  await world.apply(kustomization("cluster", "three", good));
  await proxy.up();
  await equal();
  expect(await world.db.cluster.findFirst({ where: { name: "two" } })).toMatchObject({ live: false });
  // Each change of state was written down once, though its first writing failed.
  const open = await world.db.clusterInterval.groupBy({
    by: ["clusterId", "axis"],
    where: { to: null },
    _count: true,
  });
  expect(open.every(({ _count }) => _count === 1)).toBe(true);
});
