import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { KubeClient } from "../../../sandbox/controllers/runtime/kube-client.ts";
import { connectionOf } from "../../../sandbox/controllers/runtime/connection-of.ts";
import { loadCrds } from "../../../sandbox/crds/load-crds.ts";
import type { Unstructured } from "../../../sandbox/controllers/runtime/objects.ts";
import { clusterYaml, kindsUsed, kustomization, liveCluster, startSyncWorld } from "./testing/sync-world.ts";

let world: Awaited<ReturnType<typeof startSyncWorld>>;
const workloads = new Map<string, KubeClient>();
const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 20_000, interval: 50 });
const row = (name: string) => world.db.cluster.findFirstOrThrow({ where: { name } });
const applications = (name: string) =>
  world.db.fluxObject.findFirst({ where: { home: "workload", name: "applications", cluster: { name } } });

/** A cluster with an API server of its own, its kubeconfig Secret, and Flux on it. */
async function addCluster(name: string): Promise<void> {
  await world.namespace(name);
  world.git.set(name, clusterYaml(name));
  await world.client.raw({ method: "PUT", path: `/sandbox/clusters/${name}/${name}`, body: {} });
  const kubeconfig = world.api.workloadKubeconfig(name, name);
  const client = new KubeClient(connectionOf(kubeconfig), { fieldManager: "test" });
  workloads.set(name, client);
  for (const crd of loadCrds("flux")) await client.apply(kindsUsed.crd, crd as Unstructured);
  await client.apply(kindsUsed.namespace, {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "flux-system" },
  });
  await world.apply({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: `${name}-kubeconfig`, namespace: name },
    type: "cluster.x-k8s.io/secret",
    data: { value: Buffer.from(kubeconfig).toString("base64") },
  });
  await world.apply(liveCluster(name, { ready: true }));
}

const setFault = (name: string, kind: string) =>
  world.client.raw({ method: "PUT", path: `/sandbox/clusters/${name}/${name}/fault`, body: { kind } });

const report = (name: string, ready: { status: string; reason: string; message?: string }) =>
  world.apply(kustomization("applications", "flux-system", ready), workloads.get(name));

beforeAll(async () => {
  world = await startSyncWorld();
  await addCluster("near");
  await addCluster("far");
  await report("near", { status: "True", reason: "ReconciliationSucceeded" });
  await report("far", { status: "True", reason: "ReconciliationSucceeded" });
  world.sync();
});
afterAll(async () => {
  await Promise.all([...workloads.values()].map((client) => client.close()));
  await world.close();
});

test("a workload cluster's own Flux objects become rows, and it is noted when it last answered", async () => {
  await until(async () => expect(await applications("near")).toMatchObject({ sync: "Synced" }));
  await until(async () => expect(await row("near")).toMatchObject({ contact: "ok", word: "Healthy" }));
  await until(async () => expect((await row("near")).lastSeenAt).not.toBeNull());
  const steps = await world.db.milestone.findMany({
    where: { cluster: { name: "near" } },
    select: { step: true },
  });
  expect(steps.map(({ step }) => step).sort()).toEqual([
    "applied",
    "apps",
    "control-plane",
    "infrastructure",
  ]);
});

test("one that does not answer keeps what was last known, and delays no other", async () => {
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
  await setFault("far", "none");
  await until(async () => expect(await row("far")).toMatchObject({ contact: "ok" }));
  await report("far", { status: "False", reason: "HealthCheckFailed", message: "timeout" });
  await until(async () => expect(await row("far")).toMatchObject({ word: "Unhealthy" }));
});
