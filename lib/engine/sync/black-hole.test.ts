import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { clusterYaml, liveCluster } from "./testing/sync-world.ts";
import { startWorkloadWorld } from "./testing/workload-world.ts";

let world: Awaited<ReturnType<typeof startWorkloadWorld>>;

/** Fleet of the guarantee; all but one are served by one API server, which to the engine are 49. */
const names = Array.from({ length: 49 }, (_, index) => `c${String(index)}`);
const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 25_000, interval: 50 });
const count = (where: object) => world.db.fluxObject.count({ where: { home: "workload", ...where } });

beforeAll(async () => {
  world = await startWorkloadWorld();
  for (const name of ["near", "hole"]) await world.addCluster(name);
  await world.report("near", { status: "True", reason: "ReconciliationSucceeded" });
  // It takes connections and answers nothing, from the first call on.
  await world.setFault("hole", "black-hole");
  const kubeconfig = world.api.workloadKubeconfig("near", "near");
  for (const name of names) {
    await world.namespace(name);
    world.git.set(name, clusterYaml(name));
    await world.putSecret(name, kubeconfig);
    await world.apply(liveCluster(name, { ready: true }));
  }
  // Whoever waits for the one that is silent, waits longer than this test: order is asked here, not speed.
  const rare = { probeMs: 10_000, discoveryMs: 60_000, credentialsMs: 60_000, heartbeatMs: 2_000 };
  world.sync({ timings: { ...rare, deadlineMs: 120_000, tickMs: 5_000 } });
});
afterAll(() => world.close());

test("one black hole among 50 clusters delays no other: their events become rows while it is waited for", async () => {
  await until(async () => expect(await count({ sync: "Synced" })).toBe(names.length + 1));
  for (const [status, sync] of [
    ["False", "Failing"],
    ["True", "Synced"],
  ] as const) {
    const reason = status === "True" ? "ReconciliationSucceeded" : "BuildFailed";
    await world.report("near", { status, reason, message: "told" });
    await until(async () => expect(await count({ sync })).toBe(names.length + 1));
  }
  // The management cluster's own events pass it by as well, those about it included.
  const hole = liveCluster("hole");
  await world.apply(hole);
  await until(async () => expect(await world.row("hole")).toMatchObject({ word: "Provisioning" }));
  // All that time nothing was heard of it, and nobody gave up on it.
  expect(await world.row("hole")).toMatchObject({ contact: "never", lastSeenAt: null });
  expect(await count({ cluster: { name: "hole" } })).toBe(0);
});
