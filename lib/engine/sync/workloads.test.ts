import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startWorkloadWorld } from "./testing/workload-world.ts";

let world: Awaited<ReturnType<typeof startWorkloadWorld>>;

const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 20_000, interval: 50 });

beforeAll(async () => {
  world = await startWorkloadWorld();
  for (const name of ["near", "far"]) {
    await world.addCluster(name);
    await world.report(name, { status: "True", reason: "ReconciliationSucceeded" });
  }
  world.sync();
});
afterAll(() => world.close());

test("a workload cluster's own Flux objects become rows, and it is noted when it last answered", async () => {
  const { row, applications, db } = world;
  await until(async () => expect(await applications("near")).toMatchObject({ sync: "Synced" }));
  await until(async () => expect(await row("near")).toMatchObject({ contact: "ok", word: "Healthy" }));
  await until(async () => expect((await row("near")).lastSeenAt).not.toBeNull());
  const where = { cluster: { name: "near" } };
  const steps = await db.milestone.findMany({ where, select: { step: true } });
  expect(steps.map(({ step }) => step).sort()).toEqual([
    "applied",
    "apps",
    "control-plane",
    "infrastructure",
  ]);
});

test("one that does not answer keeps what was last known, and delays no other", async () => {
  const { row, applications, report, setFault } = world;
  await until(async () => expect(await applications("far")).toMatchObject({ sync: "Synced" }));
  await setFault("far", "black-hole");
  await until(async () => expect(await row("far")).toMatchObject({ contact: "unreachable" }));
  await report("near", { status: "False", reason: "BuildFailed", message: "no such file" });
  await until(async () =>
    expect(await row("near")).toMatchObject({ word: "Failing", cause: "no such file" }),
  );
  expect(await row("far")).toMatchObject({ contact: "unreachable" });
  // Our failing to read it is not its ill health.
  expect(await row("far")).toMatchObject({ word: "Healthy", fluxTotal: 1, fluxSynced: 1 });
  expect(await applications("far")).toMatchObject({ sync: "Synced" });
});

test("it comes back by itself", async () => {
  const { row, report, setFault } = world;
  await setFault("far", "none");
  await until(async () => expect(await row("far")).toMatchObject({ contact: "ok" }));
  await report("far", { status: "False", reason: "HealthCheckFailed", message: "timeout" });
  await until(async () => expect(await row("far")).toMatchObject({ word: "Unhealthy" }));
});

test("a kubeconfig that changed makes a new session, though the old one still worked", async () => {
  const { row, report, putSecret, api } = world;
  await report("near", { status: "True", reason: "ReconciliationSucceeded" });
  await until(async () => expect(await row("near")).toMatchObject({ word: "Healthy" }));
  await putSecret("near", api.workloadKubeconfig("far", "far"));
  await until(async () => expect(await row("near")).toMatchObject({ word: "Unhealthy" }));
  await putSecret("near", api.workloadKubeconfig("near", "near"));
  await until(async () => expect(await row("near")).toMatchObject({ word: "Healthy" }));
});
