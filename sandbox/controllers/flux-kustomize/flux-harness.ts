import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection, Running } from "../../contracts.ts";
import { loadCrds } from "../../crds/load-crds.ts";
import { startKubernetes } from "../../kubernetes/start-kubernetes.ts";
import { fluxKinds } from "../flux/flux-kinds.ts";
import { startTestGitServer } from "../flux-source/git-server.ts";
import type { TestGitServer } from "../flux-source/git-server.ts";
import { startFluxSource } from "../flux-source/start-flux-source.ts";
import type { FluxSource } from "../flux-source/start-flux-source.ts";
import { getCondition } from "../runtime/conditions.ts";
import type { Condition } from "../runtime/conditions.ts";
import { connectionOf } from "../runtime/connection-of.ts";
import { kinds } from "../runtime/kind.ts";
import type { Kind } from "../runtime/kind.ts";
import { KubeClient } from "../runtime/kube-client.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { startFluxKustomize } from "./start-flux-kustomize.ts";
import type { FluxKustomizeOptions } from "./start-flux-kustomize.ts";

/** An API server, a Git server and a small Flux between them, for tests. */
export interface FluxHarness extends Running {
  git: TestGitServer;
  source: FluxSource;
  client: KubeClient;
  connection: Connection;
  /** Makes another API server below the first and answers its kubeconfig. */
  workload(name: string): Promise<string>;
  /** Creates a GitRepository `flux-system/<name>`. */
  repository(name: string, spec?: Record<string, unknown>): Promise<void>;
  /** Creates a Kustomization in `flux-system` that follows GitRepository `fleet`. */
  kustomization(name: string, spec: Record<string, unknown>): Promise<void>;
  /** Asks an object for a reconcile. */
  request(kind: Kind, name: string): Promise<void>;
  /** Commits and asks GitRepository `fleet` to fetch. */
  push(message: string, files: Record<string, string | null>): Promise<string>;
  /** Waits for a condition of a Kustomization. */
  until(name: string, holds: (state: KustomizationState) => boolean): Promise<KustomizationState>;
}

/** What tests look at. */
export interface KustomizationState {
  object: Unstructured;
  ready: Condition | undefined;
  reconciling: Condition | undefined;
  status: {
    observedGeneration?: number;
    lastAppliedRevision?: string;
    lastAttemptedRevision?: string;
    lastHandledReconcileAt?: string;
    inventory?: { entries: { id: string }[] };
    history?: { totalReconciliations: number; lastReconciledStatus: string; digest: string }[];
    conditions?: Condition[];
  };
}

/** Starts everything on random ports; the options are flux-kustomize's. */
export async function startFluxHarness(options: Partial<FluxKustomizeOptions> = {}): Promise<FluxHarness> {
  const dir = await mkdtemp(join(tmpdir(), "flux-harness-"));
  const admin = { username: "admin", groups: ["system:masters"], token: "admin-token" };
  const kubernetes = await startKubernetes({ users: [admin] });
  const connection = connectionOf(kubernetes.kubeconfig(admin));
  const git = await startTestGitServer();
  const client = new KubeClient(connection, { fieldManager: "tester" });
  for (const crd of loadCrds("flux")) await client.create(kinds.crd, crd as Unstructured);
  await create(client, kinds.namespace, { metadata: { name: "flux-system" } });
  const source = await startFluxSource({ connection, dataDir: dir });
  const kustomize = await startFluxKustomize({
    connection,
    requeueDependencyMs: 200,
    healthPollMs: 100,
    ...options,
  });
  let requests = 0;
  const request = async (kind: Kind, name: string): Promise<void> => {
    const annotations = { "reconcile.fluxcd.io/requestedAt": `request-${String(++requests)}` };
    await client.patch(kind, name, "flux-system", { metadata: { annotations } });
  };
  return {
    git,
    source,
    client,
    connection,
    request,
    workload: async (name) => {
      await client.raw({ method: "PUT", path: `/sandbox/clusters/flux-system/${name}` });
      return kubernetes.workloadKubeconfig("flux-system", name);
    },
    repository: async (name, spec = {}) => {
      const whole = { url: git.url, ref: { branch: "main" }, interval: "1h", ...spec };
      await create(client, fluxKinds.gitRepository, {
        metadata: { name, namespace: "flux-system" },
        spec: whole,
      });
    },
    kustomization: async (name, spec) => {
      const sourceRef = { kind: "GitRepository", name: "fleet" };
      const whole = { interval: "1h", prune: true, sourceRef, ...spec };
      await create(client, fluxKinds.kustomization, {
        metadata: { name, namespace: "flux-system" },
        spec: whole,
      });
    },
    push: async (message, files) => {
      const sha = await git.commit(message, files);
      await request(fluxKinds.gitRepository, "fleet");
      return `main@sha1:${sha}`;
    },
    until: async (name, holds) => {
      for (const started = Date.now(); ;) {
        const state = stateOf(await client.get(fluxKinds.kustomization, name, "flux-system"));
        if (holds(state)) return state;
        if (Date.now() - started > 20_000)
          throw new Error(`${name}: ${JSON.stringify(state.status, null, 1)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    close: async () => {
      await kustomize.close();
      await source.close();
      await client.close();
      await git.close();
      await kubernetes.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Whether a Kustomization is done with its generation, successfully, at this revision. */
export function isApplied(revision: string): (state: KustomizationState) => boolean {
  return ({ ready, status, object }) =>
    ready?.status === "True" &&
    status.lastAppliedRevision === revision &&
    status.observedGeneration === object.metadata.generation;
}

/** A ConfigMap manifest. */
export function configMap(name: string, data: Record<string, string>, annotations: object = {}): string {
  const metadata = { name, namespace: "default", annotations };
  return `${JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata, data })}\n`;
}

async function create(
  client: KubeClient,
  kind: Kind,
  fields: { metadata: { name: string; namespace?: string }; [field: string]: unknown },
): Promise<void> {
  const apiVersion = kind.group === "" ? kind.version : `${kind.group}/${kind.version}`;
  await client.create(kind, { apiVersion, kind: kind.kind, ...fields });
}

function stateOf(object: Unstructured): KustomizationState {
  const status = (object.status ?? {}) as KustomizationState["status"];
  return {
    object,
    status,
    ready: getCondition(status.conditions, "Ready"),
    reconciling: getCondition(status.conditions, "Reconciling"),
  };
}
