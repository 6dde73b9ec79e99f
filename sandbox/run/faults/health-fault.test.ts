import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stringify } from "yaml";
import type { Connection } from "../../contracts.ts";
import { conditionOf } from "../../controllers/capi/conditions.ts";
import { capi } from "../../controllers/capi/kinds.ts";
import { kubeconfigOf } from "../../controllers/capi/workload-clients.ts";
import { startFluxKustomize } from "../../controllers/flux-kustomize/start-flux-kustomize.ts";
import { startTestGitServer } from "../../controllers/flux-source/git-server.ts";
import { startFluxSource } from "../../controllers/flux-source/start-flux-source.ts";
import { fluxKinds } from "../../controllers/flux/flux-kinds.ts";
import { connectionOf } from "../../controllers/runtime/connection-of.ts";
import { apiVersionOf, kinds } from "../../controllers/runtime/kind.ts";
import type { Kind } from "../../controllers/runtime/kind.ts";
import { KubeClient } from "../../controllers/runtime/kube-client.ts";
import type { Unstructured } from "../../controllers/runtime/objects.ts";
import { startFleetWorld } from "../../controllers/testing/fleet-world.ts";
import { aksCluster } from "../../controllers/testing/manifests.ts";
import { hasCondition, waitFor } from "../../controllers/testing/wait-for.ts";
import { loadCrds } from "../../crds/load-crds.ts";
import { readDemoFile } from "./demo-file.ts";
import { FaultTools } from "./fault-tools.ts";
import { runFaults } from "./run-faults.ts";

const closing: (() => Promise<unknown>)[] = [];
let tools: FaultTools;
let workload: KubeClient;

beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), "health-"));
  closing.push(() => rm(dir, { recursive: true, force: true }));
  const world = await startFleetWorld();
  closing.push(world.close);
  await world.apply(aksCluster("home"));
  await waitFor(world.client, [capi.cluster, "home", "home"], hasCondition("Available", "True"));
  const secret = await world.client.get(kinds.secret, "home-kubeconfig", "home");
  const connection = connectionOf(kubeconfigOf(secret) ?? "");
  workload = new KubeClient(connection, { fieldManager: "test" });
  closing.push(() => workload.close());
  const git = await startTestGitServer();
  closing.push(() => git.close());
  for (const crd of loadCrds("flux")) await workload.create(kinds.crd, crd as Unstructured);
  await git.commit("first", { "infrastructure/web.yaml": JSON.stringify(web) });
  const source = await startFluxSource({ connection, dataDir: join(dir, "source") });
  closing.push(() => source.close());
  const kustomize = await startFluxKustomize({ connection, healthPollMs: 100 });
  closing.push(() => kustomize.close());
  await create(kinds.namespace, "flux-system", undefined);
  const ref = { branch: "main" };
  await create(fluxKinds.gitRepository, "fleet-infra", { url: git.url, ref, interval: "1h" });
  const sourceRef = { kind: "GitRepository", name: "fleet-infra" };
  const spec = { path: "infrastructure", interval: "1h", retryInterval: "1h", timeout: "2s", wait: true };
  await create(fluxKinds.kustomization, "infrastructure", { ...spec, prune: true, sourceRef });
  const kubeconfig = join(dir, "kubeconfig");
  await writeFile(kubeconfig, kubeconfigFor({ hub: world.connection, home: connection }));
  const demo = { portal: "", forge: { url: "", api: "", repository: "" }, kubeconfig, people: [] };
  await writeFile(join(dir, "demo.json"), JSON.stringify(demo));
  tools = new FaultTools(readDemoFile(join(dir, "demo.json")));
  closing.push(() => tools.close());
});

afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

const web = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "default" },
  spec: {
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image: "web" }] } },
  },
};

async function create(kind: Kind, name: string, spec: Record<string, unknown> | undefined): Promise<void> {
  const metadata = spec === undefined ? { name } : { name, namespace: "flux-system" };
  await workload.create(kind, { apiVersion: apiVersionOf(kind), kind: kind.kind, metadata, spec });
}

function kubeconfigFor(all: Record<string, Connection>): string {
  const entries = Object.entries(all);
  const base64 = (text: string | undefined): string | undefined =>
    text && Buffer.from(text).toString("base64");
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: entries.map(([name, { server, ca }]) => ({
      name,
      cluster: { server, "certificate-authority-data": base64(ca) },
    })),
    users: entries.map(([name, each]) => ({
      name,
      user: {
        token: each.token,
        "client-certificate-data": base64(each.clientCertificate),
        "client-key-data": base64(each.clientKey),
      },
    })),
    contexts: entries.map(([name]) => ({ name, context: { cluster: name, user: name } })),
    "current-context": "hub",
  });
}

const infrastructure = (isWanted: (object: Unstructured | undefined) => boolean) =>
  waitFor(workload, [fluxKinds.kustomization, "flux-system", "infrastructure"], isWanted);

it("lets a health check of the cluster's own Flux fail on a Deployment, and pass again once it is off", async () => {
  await infrastructure(hasCondition("Ready", "True"));
  await runFaults(["health", "home", "default/web"], tools);
  const failing = await infrastructure(hasCondition("Ready", "False", "HealthCheckFailed"));
  expect(failing && conditionOf(failing, "Ready")?.message).toMatch(
    /^health check failed after [\d.]+m?s: timeout waiting for: \[Deployment\/default\/web status: 'InProgress'\]$/,
  );
  await runFaults(["off", "health"], tools);
  await infrastructure(hasCondition("Ready", "True"));
}, 60_000);
