import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startWorkloadWorld } from "./testing/workload-world.ts";

let world: Awaited<ReturnType<typeof startWorkloadWorld>>;

const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 20_000, interval: 50 });

beforeAll(async () => {
  world = await startWorkloadWorld();
  await world.addCluster("near");
  await world.report("near", { status: "True", reason: "ReconciliationSucceeded" });
  world.sync({ workloadAccess: "token" });
});
afterAll(() => world.close());

test("without the account the cluster is not readable, which says why and is not its ill health", async () => {
  await until(async () =>
    expect(await world.row("near")).toMatchObject({
      contact: "not-readable",
      contactMessage: "the cluster has no ServiceAccount flux-system/fleetwright yet",
      word: "Healthy",
    }),
  );
});

test("as soon as Flux has made it, the cluster is read with its token, never as admin", async () => {
  await world.addAccount("near");
  await until(async () => expect(await world.applications("near")).toMatchObject({ sync: "Synced" }));
  // The account here may read neither Deployments nor Nodes, the admin of the kubeconfig may.
  await until(async () =>
    expect(await world.row("near")).toMatchObject({
      contact: "ok",
      missingRules: ["apps/deployments", "/nodes"].map((rule) => ({
        apiGroup: rule.split("/")[0],
        resource: rule.split("/")[1],
        verbs: ["get", "list", "watch"],
      })),
    }),
  );
});

test("a token that is refused is replaced", async () => {
  await world.removeAccount("near");
  await until(async () => expect(await world.row("near")).toMatchObject({ contact: "not-readable" }));
  expect(await world.applications("near")).toMatchObject({ sync: "Synced" });
  await world.addAccount("near");
  await world.report("near", { status: "False", reason: "BuildFailed", message: "no such file" });
  await until(async () => expect(await world.row("near")).toMatchObject({ contact: "ok", word: "Failing" }));
});
