import { CustomObjectsApi, KubeConfig, makeInformer } from "@kubernetes/client-node";
import type { KubernetesListObject, KubernetesObject } from "@kubernetes/client-node";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Kubernetes } from "../contracts.ts";
import { loadCrds } from "../crds/load-crds.ts";
import type { JsonObject } from "./json.ts";
import { startKubernetes } from "./start-kubernetes.ts";
import { apiClient } from "./testing/api-client.ts";
import type { ApiClient } from "./testing/api-client.ts";

const admin = { username: "admin", groups: ["system:masters"], token: "token-of-admin" };
const path = "/apis/cluster.x-k8s.io/v1beta2/namespaces/default/clusters";
let server: Kubernetes;
let client: ApiClient;

beforeAll(async () => {
  server = await startKubernetes({ users: [admin] });
  client = apiClient(server, admin.token);
  for (const crd of loadCrds("management")) {
    await client.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", crd as JsonObject);
  }
});

afterAll(async () => {
  await client.close();
  await server.close();
});

function cluster(name: string): JsonObject {
  return {
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "Cluster",
    metadata: { name },
    spec: { clusterNetwork: { serviceDomain: "cluster.local" } },
  };
}

it("keeps an informer of @kubernetes/client-node right over a cut and a compaction", async () => {
  const config = new KubeConfig();
  config.loadFromString(server.kubeconfig(admin));
  const api = config.makeApiClient(CustomObjectsApi);
  const where = { group: "cluster.x-k8s.io", version: "v1beta2", namespace: "default", plural: "clusters" };
  const list = async () =>
    (await api.listNamespacedCustomObject(where)) as KubernetesListObject<KubernetesObject>;
  const informer = makeInformer(config, path, list);
  informer.on("error", () => {
    void informer.start();
  });
  const names = () =>
    informer
      .list("default")
      .map((object) => object.metadata?.name ?? "")
      .sort();
  await client.post(path, cluster("a"));
  await informer.start();
  await vi.waitFor(() => {
    expect(names()).toEqual(["a"]);
  });
  await client.post(path, cluster("b"));
  await vi.waitFor(() => {
    expect(names()).toEqual(["a", "b"]);
  });
  await client.post("/sandbox/management/cut", {});
  await client.delete(`${path}/a`);
  await client.post("/sandbox/management/compact", {});
  await client.post(path, cluster("c"));
  await vi.waitFor(
    () => {
      expect(names()).toEqual(["b", "c"]);
    },
    { timeout: 20_000 },
  );
  await informer.stop();
});
