import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { kubectlPath } from "../../scripts/tools.ts";
import type { Kubernetes } from "../contracts.ts";
import { loadCrds } from "../crds/load-crds.ts";
import { startKubernetes } from "./start-kubernetes.ts";

const run = promisify(execFile);
const admin = { username: "admin", groups: ["system:masters"], token: "token-of-admin" };
const alice = { username: "alice", groups: ["team-a"], token: "token-of-alice" };
let server: Kubernetes;
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "kubectl-test-"));
  server = await startKubernetes({ users: [admin, alice] });
  await writeFile(join(dir, "admin"), server.kubeconfig(admin));
  await writeFile(join(dir, "alice"), server.kubeconfig(alice));
  const items = { apiVersion: "v1", kind: "List", items: loadCrds("management") };
  await writeFile(join(dir, "crds.json"), JSON.stringify(items));
  await kubectl("apply", "--server-side", "-f", join(dir, "crds.json"));
});

afterAll(async () => {
  await server.close();
  await rm(dir, { recursive: true, force: true });
});

async function kubectlAs(config: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(
    await kubectlPath(),
    ["--kubeconfig", join(dir, config), "--cache-dir", join(dir, "cache", config), ...args],
    { timeout: 30_000 },
  );
  return stdout.trim();
}

const kubectl = (...args: string[]) => kubectlAs("admin", ...args);

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(dir, name), text);
  return join(dir, name);
}

const cluster = `
apiVersion: v1
kind: Namespace
metadata: {name: one}
---
apiVersion: cluster.x-k8s.io/v1beta2
kind: Cluster
metadata: {name: one, namespace: one, labels: {environment: dev}}
spec: {clusterNetwork: {pods: {cidrBlocks: [10.0.0.0/16]}}}
`;

it("applies, gets, describes, waits and deletes custom objects", async () => {
  const path = await file("cluster.yaml", cluster);
  expect(await kubectl("apply", "-f", path)).toContain("cluster.cluster.x-k8s.io/one created");
  expect(await kubectl("apply", "-f", path)).toContain("cluster.cluster.x-k8s.io/one unchanged");
  expect(await kubectl("apply", "--server-side", "--field-manager=flux", "-f", path)).toContain(
    "serverside-applied",
  );
  expect(await kubectl("-n", "one", "get", "cl", "-l", "environment=dev", "-o", "name")).toBe(
    "cluster.cluster.x-k8s.io/one",
  );
  expect(await kubectl("-n", "one", "get", "clusters")).toMatch(/NAME\s+CLUSTERCLASS\s+AVAILABLE/);
  expect(await kubectl("-n", "one", "describe", "cluster", "one")).toContain("Cidr Blocks");
  expect(await kubectl("explain", "cluster.spec.topology")).toContain("classRef");
  await kubectl("wait", "--for=condition=Established", "crd/clusters.cluster.x-k8s.io", "--timeout=5s");
  expect(await kubectl("-n", "one", "delete", "cluster", "one")).toContain("deleted");
  expect(await kubectl("delete", "ns", "one", "--timeout=10s")).toContain("deleted");
});

it("merges a Deployment as kubectl edits it and shows a diff before", async () => {
  const deployment = (image: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "${image}", env: [{name: A, value: "1"}]}]}
`;
  await kubectl("apply", "-f", await file("web.yaml", deployment("web:1")));
  const changed = await file("web.yaml", deployment("web:2"));
  const diff = await kubectl("diff", "-f", changed).catch(
    (error: unknown) => (error as { stdout: string }).stdout,
  );
  expect(diff).toContain("+        image: web:2");
  expect(await kubectl("apply", "-f", changed)).toContain("configured");
  expect(await kubectl("scale", "deployment", "web", "--replicas=3")).toContain("scaled");
  expect(
    await kubectl(
      "get",
      "deployment",
      "web",
      "-o",
      "jsonpath={.spec.replicas} {.spec.template.spec.containers[*].image}",
    ),
  ).toBe("3 web:2");
});

it("refuses unknown fields where the schema is closed, and people without rights", async () => {
  const odd = await file(
    "odd.yaml",
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: odd, namespace: default}\ncolour: red\n",
  );
  await expect(kubectl("apply", "-f", odd)).rejects.toThrow(/unknown field "colour"/);
  await expect(kubectlAs("alice", "get", "pods")).rejects.toThrow(
    /pods is forbidden: User "alice" cannot list/,
  );
});

it("speaks protobuf where kubectl insists: create and can-i", async () => {
  expect(await kubectl("create", "namespace", "two")).toBe("namespace/two created");
  await kubectl("-n", "two", "create", "secret", "generic", "s", "--from-literal=k=v");
  expect(await kubectl("-n", "two", "get", "secret", "s", "-o", "jsonpath={.data.k}")).toBe("dg==");
  expect(await kubectl("auth", "can-i", "delete", "clusters.cluster.x-k8s.io")).toBe("yes");
  expect((await kubectl("-n", "two", "create", "token", "default")).split(".")).toHaveLength(3);
});

it("follows a kind with get -w and waits for conditions and deletions", async () => {
  await kubectl(
    "apply",
    "--server-side",
    "-f",
    await file("watched.yaml", cluster.replaceAll("one", "three")),
  );
  const watched = execFile(await kubectlPath(), [
    "--kubeconfig",
    join(dir, "admin"),
    ...["-n", "three", "get", "clusters", "-w", "--output-watch-events"],
  ]);
  let seen = "";
  watched.stdout?.on("data", (chunk: string) => (seen += chunk));
  await vi.waitFor(
    () => {
      expect(seen).toContain("ADDED");
    },
    { timeout: 20_000 },
  );
  const waits = kubectl("-n", "three", "wait", "--for=delete", "cluster/three", "--timeout=20s");
  const lastTransitionTime = "2026-01-01T00:00:00Z";
  const available = {
    type: "Available",
    status: "True",
    reason: "Available",
    message: "",
    lastTransitionTime,
  };
  const conditions = JSON.stringify({ status: { conditions: [available] } });
  const patch = ["--subresource=status", "--type=merge", "-p", conditions];
  await kubectl("-n", "three", "patch", "cluster", "three", ...patch);
  await kubectl("-n", "three", "wait", "--for=condition=Available", "cluster/three", "--timeout=20s");
  await kubectl("-n", "three", "delete", "cluster", "three");
  expect(await waits).toContain("condition met");
  await vi.waitFor(
    () => {
      expect(seen).toMatch(/MODIFIED[^]*DELETED/);
    },
    { timeout: 20_000 },
  );
  watched.kill();
});

it("shows a server-side diff, and says whose field a conflict is about", async () => {
  const map = (value: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shared, namespace: default}\ndata: {k: ${value}}\n`;
  await kubectl("apply", "--server-side", "--field-manager=flux", "-f", await file("a.yaml", map("flux")));
  const mine = await file("b.yaml", map("mine"));
  const diff = await kubectl("diff", "--server-side", "--force-conflicts", "-f", mine).catch(
    (error: unknown) => (error as { stdout: string }).stdout,
  );
  expect(diff).toContain("+  k: mine");
  await expect(kubectl("apply", "--server-side", "-f", mine)).rejects.toThrow(
    /conflict with "flux": .data.k/,
  );
  await kubectl("apply", "--server-side", "--force-conflicts", "-f", mine);
  expect(await kubectl("describe", "configmap", "shared")).toContain("mine");
});

it("shows events with describe, and what one may do with auth can-i --list", async () => {
  await kubectl("create", "configmap", "told", "--from-literal=k=v");
  const uid = await kubectl("get", "configmap", "told", "-o", "jsonpath={.metadata.uid}");
  const event = await file(
    "event.yaml",
    `
apiVersion: v1
kind: Event
metadata: {name: told.1, namespace: default}
type: Warning
reason: Odd
message: it is odd
involvedObject: {apiVersion: v1, kind: ConfigMap, name: told, namespace: default, uid: "${uid}"}
`,
  );
  await kubectl("create", "-f", event);
  expect(await kubectl("describe", "configmap", "told")).toContain("it is odd");
  expect(await kubectl("get", "events")).toMatch(/LAST SEEN\s+TYPE\s+REASON\s+OBJECT\s+MESSAGE/);
  expect(await kubectlAs("alice", "auth", "can-i", "--list")).toContain("selfsubjectaccessreviews");
});
