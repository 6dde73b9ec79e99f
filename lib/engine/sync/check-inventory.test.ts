import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { KubeClient } from "../../kubernetes/client.ts";
import { checkInventory } from "./check-inventory.ts";
import { clusterYaml, kustomization, liveCluster, startSyncWorld } from "./testing/sync-world.ts";

let world: Awaited<ReturnType<typeof startSyncWorld>>;
let direct: KubeClient;

const good = { status: "True", reason: "ReconciliationSucceeded" };
const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 25_000, interval: 50 });
const management = () => world.db.managementCluster.findFirstOrThrow();
const differences = async () =>
  checkInventory({ db: world.db, managementClusterId: (await management()).id, management: direct });
const equal = () => until(async () => expect(await differences()).toEqual([]));

beforeAll(async () => {
  world = await startSyncWorld();
  direct = new KubeClient(world.connect());
  for (const name of ["one", "two", "three"]) {
    await world.namespace(name);
    world.git.set(name, clusterYaml(name));
    await world.apply(liveCluster(name));
    await world.apply(kustomization("cluster", name, good));
  }
  world.sync({ timings: { resyncMs: 1_500 } });
  await equal();
});
afterAll(async () => {
  await direct.connection.close();
  await world.close();
});

test("the check can fail: it names the row that differs, the one that lacks and the one too many", async () => {
  // Rows are written only where something changed, so what is spoilt here stays so.
  const one = await world.db.cluster.findFirstOrThrow({ where: { name: "one" } });
  await world.db.cluster.update({ where: { id: one.id }, data: { uid: "forged" } });
  await world.db.fluxObject.deleteMany({ where: { namespace: "two" } });
  const three = await world.db.cluster.findFirstOrThrow({ where: { name: "three" } });
  const pool = { kind: "MachinePool", displayName: "x", tone: "healthy", word: "Running" };
  await world.db.pool.create({ data: { id: randomUUID(), clusterId: three.id, name: "ghost", ...pool } });

  expect(await differences()).toEqual([
    { object: "Cluster one/one", what: "different", columns: ["uid"] },
    { object: "Kustomization two/cluster on management", what: "missing", columns: [] },
    { object: "MachinePool ghost of three/three", what: "left over", columns: [] },
  ]);

  await world.db.pool.deleteMany({ where: { name: "ghost" } });
  await world.db.cluster.update({ where: { id: one.id }, data: { uid: one.uid } });
  await world.remove("kustomization", "cluster", "two");
  await equal();
});

test("resync corrects what a deaf watch missed, and counts it", async () => {
  const before = (await management()).missedByWatch;
  world.proxy.deaf = true;
  await world.apply(
    kustomization("cluster", "one", { status: "False", reason: "BuildFailed", message: "no" }),
  );
  await world.remove("cluster", "two", "two");
  await equal();
  world.proxy.deaf = false;
  await until(async () => expect((await management()).missedByWatch).toBeGreaterThanOrEqual(before + 2));
});

test("a resync of a watch that works counts nothing", async () => {
  await equal();
  const before = (await management()).missedByWatch;
  // Long enough that every kind is listed anew meanwhile.
  const end = performance.now() + 3_000;
  for (let round = 0; performance.now() < end; round += 1) {
    await world.apply(
      kustomization("cluster", "three", good, `main@sha1:${String(round).padStart(40, "0")}`),
    );
  }
  await equal();
  expect((await management()).missedByWatch).toBe(before);
});

test("equal again after the API server was gone, and after its history was compacted", async () => {
  world.proxy.down = true;
  world.proxy.cut();
  await world.apply(kustomization("cluster", "one", good));
  await world.remove("kustomization", "cluster", "three");
  world.proxy.expireNextWatches(40);
  world.proxy.down = false;
  await equal();
});
