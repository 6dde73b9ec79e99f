import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { kinds } from "../../../sandbox/controllers/runtime/kind.ts";
import type { Unstructured } from "../../../sandbox/controllers/runtime/objects.ts";
import { loadCrds } from "../../../sandbox/crds/load-crds.ts";
import { allowReader } from "./testing/allow-reader.ts";
import { clusterYaml, kindsUsed, kustomization, liveCluster, startSyncWorld } from "./testing/sync-world.ts";

let world: Awaited<ReturnType<typeof startSyncWorld>>;
let engine: { close(): Promise<void> };
let now: () => Date = () => new Date();

const readable = ["clusters", "machinedeployments", "kustomizations"];
const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 20_000, interval: 50 });
const row = (name: string) => world.db.cluster.findFirstOrThrow({ where: { name } });
const pool = () => world.db.pool.findFirst({ where: { cluster: { name: "one" } } });
const management = () => world.db.managementCluster.findFirstOrThrow();
const start = () =>
  world.sync({
    management: { slug: "management", connection: world.connect("reader") },
    now: () => now(),
    timings: { resyncMs: 1_000 },
  });

/** The engine starts anew and may read these only. */
async function restart(resources: string[]): Promise<void> {
  await engine.close();
  await allowReader(world.client, resources);
  engine = start();
}

beforeAll(async () => {
  world = await startSyncWorld();
  await world.namespace("one");
  world.git.set("one", clusterYaml("one"));
  await world.apply(liveCluster("one", { ready: true }));
  await world.apply(kustomization("cluster", "one", { status: "True", reason: "ReconciliationSucceeded" }));
  await world.apply({
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "MachineDeployment",
    metadata: { name: "one-md", namespace: "one" },
    spec: {
      clusterName: "one",
      replicas: 2,
      selector: { matchLabels: { pool: "md" } },
      template: {
        spec: {
          clusterName: "one",
          version: "v1.34.5",
          bootstrap: { dataSecretName: "x" },
          infrastructureRef: {
            apiGroup: "infrastructure.cluster.x-k8s.io",
            kind: "DevMachineTemplate",
            name: "x",
          },
        },
      },
    },
    status: { phase: "Running", replicas: 2, readyReplicas: 2 },
  });
  await allowReader(world.client, readable);
  engine = start();
  await until(async () => expect(await pool()).toMatchObject({ word: "Running", readyReplicas: 2 }));
});
afterAll(() => world.close());

test("an engine that starts without a right to the pools keeps them and their nodes, and says they are old", async () => {
  const before = await pool();
  await restart(["clusters", "kustomizations"]);
  await until(async () =>
    expect(await pool()).toMatchObject({
      id: before?.id,
      readyReplicas: 2,
      word: "Unknown",
      tone: "unknown",
      message: "last known; MachineDeployment objects cannot be read now",
    }),
  );
  expect(await row("one")).toMatchObject({ nodesReady: 2, nodesDesired: 2, word: "Healthy" });
  await restart(readable);
  await until(async () => expect(await pool()).toMatchObject({ id: before?.id, word: "Running" }));
});

test("clusters that may not be read at all: the first sync ends, and each is Unknown and none is gone", async () => {
  await world.db.managementCluster.updateMany({ data: { syncedAt: null } });
  const before = await row("one");
  world.git.set("two", clusterYaml("two"));
  await restart(["machinedeployments", "kustomizations"]);
  const blind = "Cluster objects cannot be read: the portal lacks the permission";
  await until(async () =>
    expect(await row("one")).toMatchObject({
      id: before.id,
      uid: before.uid,
      ...{
        live: true,
        word: "Unknown",
        tone: "unknown",
        rank: 0,
        cause: blind,
        nodesReady: 2,
        deletedAt: null,
      },
    }),
  );
  await until(async () => expect((await management()).syncedAt).not.toBeNull());
  expect(await management()).toMatchObject({ contactError: blind });
  // Whether it was applied is not ours to say either.
  await until(async () =>
    expect(await row("two")).toMatchObject({ live: false, word: "Unknown", cause: blind }),
  );
  expect(await pool()).toMatchObject({ word: "Unknown", readyReplicas: 2 });
  await allowReader(world.client, readable);
  await until(async () => expect(await row("one")).toMatchObject({ word: "Healthy", uid: before.uid }));
  await until(async () => expect(await row("two")).toMatchObject({ word: "Not applied" }));
  await until(async () => expect(await management()).toMatchObject({ contactError: null }));
  expect(await world.db.clusterIncarnation.count()).toBe(1);
});

test("a right that is taken away makes Unknown of what was read two minutes ago, not before", async () => {
  await allowReader(world.client, ["machinedeployments", "kustomizations"]);
  await until(async () => {
    const states = (await management()).kinds as unknown as { kind: string; state: string }[];
    expect(states.find(({ kind }) => kind === "Cluster")).toMatchObject({ state: "forbidden" });
  });
  expect(await row("one")).toMatchObject({ word: "Healthy" });
  now = () => new Date(Date.now() + 125_000);
  await until(async () => expect(await row("one")).toMatchObject({ word: "Unknown", live: true }));
  await allowReader(world.client, readable);
  await until(async () => expect(await row("one")).toMatchObject({ word: "Healthy" }));
  now = () => new Date();
});

test("a management cluster that serves no Cluster API buries no cluster", async () => {
  await engine.close();
  const crd = loadCrds("management").find((one) =>
    (one as Unstructured).metadata.name.startsWith("clusters."),
  );
  // Uninstalling it takes the objects away, so this is an API server of which nobody knows whether they are.
  await world.remove("cluster", "one", "one");
  await world.client.delete(kindsUsed.crd, "clusters.cluster.x-k8s.io");
  engine = start();
  const cause = "Cluster objects cannot be read: the API server does not serve them";
  await until(async () => expect(await row("one")).toMatchObject({ word: "Unknown", live: true, cause }));
  await world.client.apply(kinds.crd, crd as Unstructured);
  await until(async () => expect(await row("one")).toMatchObject({ word: "Not applied", live: false }));
});
