import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { KubeConfig, CoreV1Api, CustomObjectsApi } from "@kubernetes/client-node";
import { afterEach, expect, it, vi } from "vitest";
import type { ApiFault, Kubernetes } from "../contracts.ts";
import { loadCrds } from "../crds/load-crds.ts";
import type { JsonObject } from "./json.ts";
import { objectOf, textOf, valueAt } from "./json.ts";
import { startKubernetes } from "./start-kubernetes.ts";
import { apiClient } from "./testing/api-client.ts";
import type { ApiClient } from "./testing/api-client.ts";

const admin = { username: "admin", groups: ["system:masters"], token: "token-of-admin" };
const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(dir?: string): Promise<{ server: Kubernetes; client: ApiClient }> {
  const server = await startKubernetes({ users: [admin], ...(dir === undefined ? {} : { dir }) });
  const client = apiClient(server, admin.token);
  cleanups.push(
    () => server.close(),
    () => client.close(),
  );
  return { server, client };
}

async function installCrds(client: ApiClient, set: "management" | "flux" = "management"): Promise<void> {
  for (const crd of loadCrds(set)) {
    await client.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", crd as JsonObject);
  }
}

async function stateDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "kubernetes-test-"));
  cleanups.push(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

const clusters = "/apis/cluster.x-k8s.io/v1beta2/namespaces/default/clusters";
const configMaps = "/api/v1/namespaces/default/configmaps";

function cluster(name: string, more: JsonObject = {}): JsonObject {
  return {
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "Cluster",
    metadata: { name, ...more },
    spec: { clusterNetwork: { serviceDomain: "cluster.local" } },
  };
}

function configMap(name: string, more: JsonObject = {}): JsonObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, ...more }, data: { k: "v" } };
}

it("keeps objects, clusters, certificates and the revision over a restart", async () => {
  const dir = await stateDir();
  const first = await start(dir);
  await first.client.post(configMaps, configMap("kept"));
  const workload = await first.client.put("/sandbox/clusters/one/one", { version: "v1.33.8" });
  const before = await first.client.get(`${configMaps}/kept`);
  await first.server.close();
  const second = await start(dir);
  const after = await second.client.get(`${configMaps}/kept`);
  expect(after.body).toEqual(before.body);
  expect(second.server.ca).toBe(first.server.ca);
  const again = await second.client.put("/sandbox/clusters/one/one", {});
  expect(again.body["clientCertificateData"]).toBe(workload.body["clientCertificateData"]);
  const next = await second.client.post(configMaps, configMap("next"));
  const revision = (body: JsonObject) => Number(valueAt(body, "metadata", "resourceVersion"));
  expect(revision(next.body)).toBeGreaterThan(revision(after.body));
});

it("gives every workload cluster an API of its own, for its own client certificate", async () => {
  const { server, client } = await start();
  const made = await client.put("/sandbox/clusters/one/one", { version: "v1.33.8" });
  await client.put("/sandbox/clusters/two/two", {});
  const pem = (name: string) => Buffer.from(textOf(made.body[name]), "base64").toString();
  const identity = { certificate: pem("clientCertificateData"), key: pem("clientKeyData") };
  const one = apiClient(server, identity, "/clusters/one/one");
  const two = apiClient(server, identity, "/clusters/two/two");
  cleanups.push(
    () => one.close(),
    () => two.close(),
  );
  expect((await one.post(configMaps, configMap("mine"))).status).toBe(201);
  expect((await one.get("/version")).body["gitVersion"]).toBe("v1.33.8");
  const who = await one.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", {
    apiVersion: "authentication.k8s.io/v1",
    kind: "SelfSubjectReview",
  });
  expect(valueAt(who.body, "status", "userInfo")).toMatchObject({
    username: "one-admin",
    groups: ["system:masters", "system:authenticated"],
  });
  expect((await two.get(configMaps)).status).toBe(403);
  expect((await client.get(`${configMaps}/mine`)).status).toBe(404);
  const kubeconfig = new KubeConfig();
  kubeconfig.loadFromString(server.workloadKubeconfig("one", "one"));
  const listed = await kubeconfig.makeApiClient(CoreV1Api).listNamespacedConfigMap({ namespace: "default" });
  expect(listed.items.map((item) => item.metadata?.name)).toContain("mine");
});

it("makes a workload API unreachable and reachable again", async () => {
  const { server, client } = await start();
  await client.put("/sandbox/clusters/one/one", {});
  const one = apiClient(server, undefined, "/clusters/one/one");
  cleanups.push(() => one.close());
  const fault = (value: ApiFault) => client.put("/sandbox/clusters/one/one/fault", { ...value });
  await fault({ kind: "reset" });
  await expect(one.get("/version")).rejects.toThrow();
  await fault({ kind: "black-hole" });
  const silent = one.get("/version").then(
    () => "answered",
    () => "cut off",
  );
  expect(await Promise.race([silent, delay(200, "silence")])).toBe("silence");
  expect((await client.get("/version")).status).toBe(200);
  await fault({ kind: "none" });
  expect((await one.get("/version")).status).toBe(200);
  expect((await client.delete("/sandbox/clusters/one/one")).status).toBe(204);
  expect(await silent).toBe("cut off");
  expect((await one.get("/version")).status).toBe(404);
});

it("empties a deleted namespace and waits for finalizers in it", async () => {
  const { client } = await start();
  await installCrds(client);
  await client.post("/api/v1/namespaces", {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "gone" },
  });
  const held = clusters.replace("default", "gone");
  await client.post(held, cluster("a", { finalizers: ["example.com/hold"] }));
  await client.post(configMaps.replace("default", "gone"), configMap("m"));
  await client.delete("/api/v1/namespaces/gone");
  await vi.waitFor(async () => {
    const { body } = await client.get("/api/v1/namespaces/gone");
    expect(JSON.stringify(body["status"])).toContain("example.com/hold in 1 resource instances");
  });
  await client.patch(`${held}/a`, { metadata: { finalizers: null } });
  await vi.waitFor(async () => {
    expect((await client.get("/api/v1/namespaces/gone")).status).toBe(404);
  });
});

it("collects what a deleted owner leaves behind, unless it is orphaned", async () => {
  const { client } = await start();
  const owned = async (name: string, owner: JsonObject) => {
    const uid = valueAt(owner, "metadata", "uid") ?? "";
    const reference = { apiVersion: "v1", kind: "ConfigMap", name: "owner", uid };
    await client.post(configMaps, configMap(name, { ownerReferences: [reference] }));
  };
  const owner = await client.post(configMaps, configMap("owner"));
  await owned("child", owner.body);
  await client.delete(`${configMaps}/owner`);
  await vi.waitFor(async () => {
    expect((await client.get(`${configMaps}/child`)).status).toBe(404);
  });
  const second = await client.post(configMaps, configMap("owner"));
  await owned("kept", second.body);
  await client.delete(`${configMaps}/owner`, {
    apiVersion: "v1",
    kind: "DeleteOptions",
    propagationPolicy: "Orphan",
  });
  await vi.waitFor(async () => {
    expect((await client.get(`${configMaps}/owner`)).status).toBe(404);
  });
  const kept = await client.get(`${configMaps}/kept`);
  expect(valueAt(kept.body, "metadata", "ownerReferences")).toBeUndefined();
});

it("answers 410 as an event to a watch that starts before the kept history", async () => {
  const { client } = await start();
  const events = await client.watch(`${configMaps}?watch=true&resourceVersion=1`, (all) => all.length > 0);
  expect(events[0]).toMatchObject({ type: "ERROR", object: { code: 410, reason: "Expired" } });
});

it("lets custom objects be used through @kubernetes/client-node", async () => {
  const { server, client } = await start();
  await installCrds(client);
  const kubeconfig = new KubeConfig();
  kubeconfig.loadFromString(server.kubeconfig(admin));
  const api = kubeconfig.makeApiClient(CustomObjectsApi);
  const where = { group: "cluster.x-k8s.io", version: "v1beta2", namespace: "default", plural: "clusters" };
  await api.createNamespacedCustomObject({ ...where, body: cluster("a") });
  const listed: unknown = await api.listNamespacedCustomObject(where);
  expect(objectOf(listed)["items"]).toHaveLength(1);
});

it("serves a hundred clusters in little memory", async () => {
  const { client } = await start();
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 100; i++) await client.put(`/sandbox/clusters/c${String(i)}/c${String(i)}`, {});
  const grown = (process.memoryUsage().rss - before) / 1024 / 1024;
  expect(grown).toBeLessThan(150);
});
