import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { clusterYaml, liveCluster, startSyncWorld } from "./testing/sync-world.ts";

let world: Awaited<ReturnType<typeof startSyncWorld>>;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.namespace("one");
});
afterAll(() => world.close());

const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 20_000, interval: 50 });
const states = async () =>
  world.db.clusterInterval.findMany({
    where: { axis: "state", cluster: { name: "one" } },
    orderBy: { from: "asc" },
  });

test("history has each state once, end to end without a gap, over engines that come and go", async () => {
  const first = world.sync();
  world.git.set("one", clusterYaml("one"));
  await until(async () => expect((await states()).map(({ value }) => value)).toEqual(["Not applied"]));
  await first.close();
  await world.apply(liveCluster("one"));
  world.sync();
  await until(async () => expect(await states()).toHaveLength(2));
  await world.apply(liveCluster("one", { ready: true }));
  await until(async () => expect(await states()).toHaveLength(3));
  const found = await states();
  expect(found.map(({ value, tone }) => [value, tone])).toEqual([
    ["Not applied", "waiting"],
    ["Provisioning", "progress"],
    ["Healthy", "healthy"],
  ]);
  const [waiting, making, healthy] = found;
  expect([waiting?.to, making?.to, healthy?.to]).toEqual([making?.from, healthy?.from, null]);
  expect(new Set([waiting?.uid, making?.uid, healthy?.uid]).size).toBe(2);
});

test("a buried cluster is in no state", async () => {
  world.git.set("one", null);
  await world.remove("cluster", "one", "one");
  await until(async () => expect((await states()).every(({ to }) => to !== null)).toBe(true));
});
