import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { loadCrds } from "../crds/load-crds.ts";
import { fluxComponents } from "../fleet/flux-components.ts";
import { configMap, startFluxHarness } from "./flux-kustomize/flux-harness.ts";
import type { FluxHarness } from "./flux-kustomize/flux-harness.ts";
import { startWorkloadFlux } from "./flux-workload.ts";
import type { WorkloadFlux } from "./flux-workload.ts";
import { connectionOf } from "./runtime/connection-of.ts";
import { kinds } from "./runtime/kind.ts";
import { KubeClient } from "./runtime/kube-client.ts";

let flux: FluxHarness;
let workloads: WorkloadFlux;

beforeAll(async () => {
  flux = await startFluxHarness();
  workloads = await startWorkloadFlux({
    management: flux.connection,
    store: flux.source.store,
    pollMs: 200,
    kustomize: { requeueDependencyMs: 200, healthPollMs: 100 },
  });
});

afterAll(async () => {
  await workloads.close();
  await flux.close();
});

function fluxConfig(url: string): string {
  const metadata = { namespace: "flux-system" };
  const spec = { url, ref: { branch: "main" }, interval: "1h", ignore: "/*\n!/apps\n" };
  const source = { apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository" };
  const sourceRef = { kind: "GitRepository", name: "fleet-infra" };
  return [
    { ...source, metadata: { ...metadata, name: "fleet-infra" }, spec },
    {
      ...{ apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" },
      metadata: { ...metadata, name: "applications" },
      spec: { interval: "1h", path: "./apps", prune: true, sourceRef },
    },
  ]
    .map((object) => `---\n${JSON.stringify(object)}\n`)
    .join("");
}

it("brings a workload's own Flux to life once its components are applied there, and ends it with its Secret", async () => {
  await flux.git.commit("fleet", {
    "infrastructure/flux/gotk-components.yaml": fluxComponents(loadCrds("flux")),
    "clusters/west/flux-config.yaml": fluxConfig(flux.git.url),
    "apps/app.yaml": configMap("app", { cluster: "west" }),
  });
  await flux.repository("fleet");
  const kubeConfig = { secretRef: { name: "west-kubeconfig" } };
  await flux.kustomization("flux", { path: "infrastructure/flux", retryInterval: "300ms", kubeConfig });
  const dependsOn = [{ name: "flux" }];
  const path = "clusters/west";
  await flux.kustomization("flux-config", {
    path,
    dependsOn,
    retryInterval: "300ms",
    wait: true,
    kubeConfig,
  });
  const kubeconfig = await flux.workload("west");
  await flux.client.create(kinds.secret, {
    apiVersion: "v1",
    kind: "Secret",
    type: "cluster.x-k8s.io/secret",
    metadata: {
      name: "west-kubeconfig",
      namespace: "flux-system",
      labels: { "cluster.x-k8s.io/cluster-name": "west" },
    },
    data: { value: Buffer.from(kubeconfig).toString("base64") },
  });
  const west = new KubeClient(connectionOf(kubeconfig), { fieldManager: "tester" });
  await vi.waitFor(async () => {
    expect((await west.get(kinds.configMap, "app", "default")).data).toEqual({ cluster: "west" });
  }, 20_000);
  await flux.until("flux-config", ({ ready }) => ready?.status === "True");
  expect(await flux.client.find(kinds.configMap, "app", "default")).toBeUndefined();
  expect(workloads.clusters()).toEqual(["flux-system/west-kubeconfig"]);
  await flux.client.delete(kinds.secret, "west-kubeconfig", "flux-system");
  await vi.waitFor(() => expect(workloads.clusters()).toEqual([]), 5_000);
  await west.close();
});
