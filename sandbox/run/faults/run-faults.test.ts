import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Kubernetes } from "../../contracts.ts";
import { FAULT_ANNOTATION, NEVER_AVAILABLE_ANNOTATION } from "../../controllers/faults.ts";
import { capi } from "../../controllers/capi/kinds.ts";
import { kinds } from "../../controllers/runtime/kind.ts";
import type { Unstructured } from "../../controllers/runtime/objects.ts";
import { loadCrds } from "../../crds/load-crds.ts";
import { startTestForge, type TestForge } from "../../forge/testing/test-forge.ts";
import { startKubernetes } from "../../kubernetes/start-kubernetes.ts";
import { readDemoFile } from "./demo-file.ts";
import { FaultTools } from "./fault-tools.ts";
import { runFaults, usage } from "./run-faults.ts";

const admin = { username: "admin", groups: ["system:masters"], token: "token-of-admin" };
let dir: string;
let kubernetes: Kubernetes;
let forge: TestForge;
let tools: FaultTools;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "faults-"));
  kubernetes = await startKubernetes({ users: [admin] });
  forge = await startTestForge();
  const kubeconfig = join(dir, "kubeconfig");
  await writeFile(kubeconfig, kubernetes.kubeconfig(admin));
  const { url, api } = forge.forge;
  const demo = { portal: "", forge: { url, api, repository: "acme/fleet" }, kubeconfig };
  const people = [{ login: "root-admin", token: "ghp_oscar" }];
  await writeFile(join(dir, "demo.json"), JSON.stringify({ ...demo, people }));
  tools = new FaultTools(readDemoFile(join(dir, "demo.json")));
  for (const crd of loadCrds("management")) await tools.hub.create(kinds.crd, crd as Unstructured);
  const metadata = { name: "one", namespace: "one" };
  await tools.hub.create(kinds.namespace, {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "one" },
  });
  await tools.hub.create(capi.cluster, {
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "Cluster",
    metadata,
    spec: { clusterNetwork: { pods: { cidrBlocks: ["10.0.0.0/16"] } } },
  });
  await tools.hub.raw({ method: "PUT", path: "/sandbox/clusters/one/one", body: {} });
});

afterEach(() => run("clear"));

afterAll(async () => {
  await tools.close();
  await forge.stop();
  await kubernetes.close();
  await rm(dir, { recursive: true, force: true });
});

const run = (...words: string[]): Promise<string> => runFaults(words, tools);
const annotations = async () => (await tools.hub.get(capi.cluster, "one", "one")).metadata.annotations ?? {};
const answers = async (): Promise<boolean> =>
  tools.hub.list(kinds.namespace).then(
    () => true,
    () => false,
  );

it("adds a fault of a cluster to those it has, and takes back that one", async () => {
  await run("quota", "one");
  await run("nodes-not-ready", "one");
  expect((await annotations())[FAULT_ANNOTATION]).toBe("quota-exceeded,nodes-not-ready");
  expect(await run("list")).toMatch(/quota one\n.*nodes-not-ready one$/);
  await run("off", "quota");
  expect((await annotations())[FAULT_ANNOTATION]).toBe("nodes-not-ready");
  await run("clear");
  expect(await annotations()).toEqual({});
  expect(await run("list")).toBe("No fault is on.");
});

it("marks a Deployment that is to fail on the Cluster, before it asks Flux to look", async () => {
  // The kubeconfig of this test knows no workload cluster: the fault is half on, and goes all the same.
  await expect(run("health", "one", "default/web")).rejects.toThrow();
  expect((await annotations())[NEVER_AVAILABLE_ANNOTATION]).toBe("default/web");
  expect(await run("list")).toContain("health one default/web");
});

it("keeps noted what it could not turn off, and turns the rest off", async () => {
  await run("build-error", "dev");
  await run("quota", "one");
  await tools.control("POST", "faults", { method: "DELETE", path: "/contents/", status: 503 });
  await expect(run("clear")).rejects.toThrow(/^build-error dev: still on: .*503/);
  expect(await run("list")).toMatch(/build-error dev$/);
  expect(await annotations()).toEqual({});
});

it("lets a workload cluster's API server fail, and the management cluster's, and lets both answer again", async () => {
  await run("api", "one", "black-hole");
  expect(await tools.hub.raw({ method: "GET", path: "/sandbox/clusters" })).toMatchObject([
    { fault: { kind: "black-hole" } },
  ]);
  await run("management", "refused");
  expect(await answers()).toBe(false);
  await run("clear");
  expect(await answers()).toBe(true);
  expect(await tools.hub.raw({ method: "GET", path: "/sandbox/clusters" })).toMatchObject([
    { fault: { kind: "none" } },
  ]);
  expect(await run("management", "compact")).toBe("management compact: done.");
});

it("lets calls of the forge fail for one person only", async () => {
  await run("forge", "503", "rita");
  const asRita = forge.as("rita").repos.get({ owner: "acme", repo: "fleet" });
  await expect(asRita).rejects.toMatchObject({ status: 503 });
  await forge.as("anna").repos.get({ owner: "acme", repo: "fleet" });
  await run("clear");
  await forge.as("rita").repos.get({ owner: "acme", repo: "fleet" });
});

it("commits past the protection, leaves that as it was, and takes the commit back", async () => {
  const path = "clusters/dev/kustomization.yaml";
  const before = await tools.repository("GET", "branches/main/protection");
  await run("build-error", "dev");
  expect(await tools.repository("GET", `contents/${path}`)).toMatchObject({ path });
  expect(await tools.repository("GET", "branches/main/protection")).toEqual(before);
  await run("clear");
  await expect(tools.repository("GET", `contents/${path}`)).rejects.toThrow(/404/);
});

it.each([
  [["nonsense"], "there is no fault nonsense"],
  [["quota"], "say which cluster"],
  [["management", "gone"], "gone is none of refused"],
  [["forge", "teapot"], "teapot is none of"],
  [["webhooks", "eat"], "eat is none of lose"],
  [["off"], "say what to turn off"],
])("answers words that make no sense with a sentence: %j", async (words, sentence) => {
  await expect(run(...words)).rejects.toThrow(sentence);
  expect(await run("list")).toBe("No fault is on.");
});

it("names every fault in its usage", () => {
  for (const name of ["quota", "upgrade-stuck", "health", "git-down", "webhooks", "postgres", "clear"])
    expect(usage()).toContain(`  ${name}`);
});

it("says which demo it misses", () => {
  expect(() => readDemoFile(join(dir, "none.json"))).toThrow(/none\.json is not there: start the demo/);
});
