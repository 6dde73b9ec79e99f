import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { kindOf, kinds } from "../../../sandbox/controllers/runtime/kind.ts";
import type { Unstructured } from "../../../sandbox/controllers/runtime/objects.ts";
import { loadCrds } from "../../../sandbox/crds/load-crds.ts";
import type { KindState } from "./kind-book.ts";
import { allowReader } from "./testing/allow-reader.ts";
import { kustomization, liveCluster, startSyncWorld } from "./testing/sync-world.ts";

let world: Awaited<ReturnType<typeof startSyncWorld>>;
let engine: { close(): Promise<void> };

const clusters = "clusters.cluster.x-k8s.io";
const crds = new Map((loadCrds("management") as Unstructured[]).map((crd) => [crd.metadata.name, crd]));
const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 20_000, interval: 50 });

/** Writes the CRD of clusters so that these versions are served. */
async function serve(...versions: string[]): Promise<void> {
  const crd = structuredClone(crds.get(clusters)) as Unstructured & {
    spec: { versions: { name: string; served: boolean }[] };
  };
  for (const version of crd.spec.versions) version.served = versions.includes(version.name);
  await world.client.apply(kinds.crd, crd);
}

async function state(kind: string): Promise<KindState | undefined> {
  const row = await world.db.managementCluster.findFirst();
  return ((row?.kinds ?? []) as unknown as KindState[]).find((one) => one.kind === kind);
}
const live = () =>
  world.db.cluster.findMany({ where: { live: true, deletedAt: null }, select: { name: true } });

const start = () => world.sync({ management: { slug: "management", connection: world.connect("reader") } });

const bindReader = (resources: string[]) => allowReader(world.client, resources);

const readable = ["clusters", "machinepools", "machinedeployments", "gitrepositories", "helmreleases"];

beforeAll(async () => {
  world = await startSyncWorld();
  await world.client.delete(kinds.crd, "helmreleases.helm.toolkit.fluxcd.io");
  await serve("v1beta1");
  await world.namespace("old");
  const { spec, metadata, kind } = liveCluster("old");
  const ref = (group: string, refKind: string) => ({
    apiVersion: `${group}/v1beta1`,
    kind: refKind,
    name: "old",
  });
  const old = kindOf("cluster.x-k8s.io/v1beta1", "Cluster", "clusters");
  await world.client.apply(old, {
    apiVersion: "cluster.x-k8s.io/v1beta1",
    kind,
    metadata,
    spec: { ...(spec as object), infrastructureRef: ref("infrastructure.cluster.x-k8s.io", "DevCluster") },
  });
  await bindReader(readable);
  engine = start();
});
afterAll(() => world.close());

test("Cluster API v1beta1 alone, then both, then v1beta2 alone: the fleet is read throughout", async () => {
  await until(async () =>
    expect(await state("Cluster")).toMatchObject({ state: "synced", version: "v1beta1" }),
  );
  await until(async () => expect(await live()).toEqual([{ name: "old" }]));
  await serve("v1beta1", "v1beta2");
  await until(async () =>
    expect(await state("Cluster")).toMatchObject({ state: "synced", version: "v1beta2" }),
  );
  expect(await live()).toEqual([{ name: "old" }]);
  await serve("v1beta2");
  await world.namespace("new");
  await world.apply(liveCluster("new"));
  await until(async () => expect(await live()).toHaveLength(2));
});

test("a kind that appears later is read from then on", async () => {
  expect(await state("HelmRelease")).toMatchObject({ state: "absent", version: null });
  await world.client.apply(kinds.crd, crds.get("helmreleases.helm.toolkit.fluxcd.io") as Unstructured);
  await until(async () =>
    expect(await state("HelmRelease")).toMatchObject({ state: "synced", version: "v2" }),
  );
});

test("a kind without permission degrades alone and names the rule that lacks; granted, it is read", async () => {
  expect(await state("Kustomization")).toMatchObject({
    state: "forbidden",
    missingRule: {
      apiGroup: "kustomize.toolkit.fluxcd.io",
      resource: "kustomizations",
      verbs: ["get", "list", "watch"],
    },
  });
  await world.apply(kustomization("cluster", "old", { status: "True", reason: "ReconciliationSucceeded" }));
  await bindReader([...readable, "kustomizations"]);
  await until(async () =>
    expect(await state("Kustomization")).toMatchObject({ state: "synced", missingRule: null }),
  );
  const rows = () => world.db.fluxObject.count({ where: { namespace: "old", name: "cluster" } });
  await until(async () => expect(await rows()).toBe(1));
});

test("an engine that starts without a right takes no rows away with it", async () => {
  await engine.close();
  await bindReader(readable);
  engine = start();
  await until(async () => expect(await state("Kustomization")).toMatchObject({ state: "forbidden" }));
  await world.apply(liveCluster("new", { ready: true }));
  await until(async () =>
    expect(await world.db.cluster.findFirst({ where: { name: "new" } })).toMatchObject({ word: "Healthy" }),
  );
  expect(await world.db.fluxObject.count({ where: { namespace: "old", name: "cluster" } })).toBe(1);
});
