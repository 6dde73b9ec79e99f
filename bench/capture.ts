import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kindsOf, type KindRow } from "../lib/domain/kinds.ts";
import { connectionOf } from "../sandbox/controllers/runtime/connection-of.ts";
import { kindOf, kinds } from "../sandbox/controllers/runtime/kind.ts";
import { KubeClient } from "../sandbox/controllers/runtime/kube-client.ts";
import type { Unstructured } from "../sandbox/controllers/runtime/objects.ts";
import { startSandbox } from "../sandbox/run/start-sandbox.ts";
import { fixtureFile, headPlaceholder, models, placeholder, rbacKinds, type Fixture } from "./fixture.ts";
import { freePort } from "./free-port.ts";

/** Healthy clusters of a twelve-cluster sandbox: one on Azure's managed control plane, one of the dev provider. */
const chosen = { aks: "prod-eus-1", dev: "dev-weu-4" } as const;

/**
 * Brings a small sandbox up with its controllers and writes what they left of one cluster of each kind to
 * bench/fixtures: the fleets of the benchmark are copies of these. To be run again when controllers or templates change.
 */
export async function capture(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "fleetwright-capture-"));
  const [forgePort, kubernetesPort, sourcePort] = [await freePort(), await freePort(), await freePort()];
  const options = {
    dir,
    forgePort,
    kubernetesPort,
    sourcePort,
    portalUrl: "http://127.0.0.1:9",
    clusters: 12,
  };
  const sandbox = await startSandbox(options, console.log);
  try {
    const { kubeconfig, kubernetes, forge } = sandbox.info;
    const text = readFileSync(kubeconfig, "utf8");
    const git = (...args: string[]): string =>
      execFileSync("git", ["--git-dir", forge.gitDir, ...args], { encoding: "utf8" });
    const head = git("rev-parse", "main").trim();
    const write = (model: Parameters<typeof fixtureFile>[0], fixture: Fixture, name: string): void => {
      const told = JSON.stringify(fixture, null, 2).replaceAll(head, headPlaceholder);
      writeFileSync(fixtureFile(model), `${told.replaceAll(name, placeholder)}\n`);
    };
    const hub = new KubeClient(connectionOf(text, kubernetes.managementCluster), { fieldManager: "bench" });
    for (const model of models) {
      const name = chosen[model];
      const own = new KubeClient(connectionOf(text, name), { fieldManager: "bench" });
      const paths = git("ls-tree", "-r", "--name-only", "main")
        .split("\n")
        .filter((path) => path.includes(name));
      const files = Object.fromEntries(paths.map((path) => [path, git("show", `main:${path}`)]));
      const management = await listed(hub, "management", name);
      write(model, { management, workload: await workloadObjects(own), files }, name);
      await own.close();
    }
    const shared = await listed(hub, "management", "flux-system");
    write("shared", { management: shared, workload: [], files: {} }, placeholder);
    await hub.close();
  } finally {
    await sandbox.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function workloadObjects(client: KubeClient): Promise<Unstructured[]> {
  const namespaces = (await client.list(kinds.namespace)).items;
  const rbac = await Promise.all(rbacKinds.map(async (kind) => (await client.list(kind)).items));
  const ours = rbac.flat().filter(({ metadata }) => metadata.name.startsWith("fleetwright"));
  return [...[...namespaces, ...ours].map(cleaned), ...(await listed(client, "workload"))];
}

async function listed(
  client: KubeClient,
  home: "management" | "workload",
  namespace?: string,
): Promise<Unstructured[]> {
  const found: Unstructured[] = [];
  for (const row of kindsOf(home)) found.push(...(await listedKind(client, row, namespace)));
  return found.map(cleaned);
}

/** In the first version the API server serves, as the engine reads it. */
async function listedKind(
  client: KubeClient,
  { group, versions, kind, plural }: KindRow,
  namespace?: string,
): Promise<Unstructured[]> {
  for (const version of versions) {
    const served = kindOf(`${group}/${version}`, kind, plural);
    const list = await client.list(served, { namespace }).catch(() => null);
    if (list !== null) return list.items;
  }
  return [];
}

/** Without what the API server writes, and without owners: their uids are others in a copy. */
function cleaned(object: Unstructured): Unstructured {
  const { name, labels, annotations, namespace } = object.metadata;
  return { ...object, metadata: { name, namespace, labels, annotations } };
}
