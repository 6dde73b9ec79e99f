import type { Connection, Running } from "../contracts.ts";
import { ArtifactStore } from "./flux-source/artifact-store.ts";
import { startFluxSource } from "./flux-source/start-flux-source.ts";
import type { FluxKustomizeOptions } from "./flux-kustomize/start-flux-kustomize.ts";
import { startFluxKustomize } from "./flux-kustomize/start-flux-kustomize.ts";
import { isNotFound } from "./runtime/api-error.ts";
import { connectionOf } from "./runtime/connection-of.ts";
import { startController } from "./runtime/controller.ts";
import { Informers } from "./runtime/informers.ts";
import { kinds } from "./runtime/kind.ts";
import { KubeClient } from "./runtime/kube-client.ts";
import { log } from "./runtime/log.ts";
import { keyOf, parseKey } from "./runtime/objects.ts";
import type { Handled } from "./runtime/work-queue.ts";

/** What runs the workload clusters' own Flux. */
export interface WorkloadFluxOptions {
  /** The cluster that holds the `<name>-kubeconfig` Secrets. */
  management: Connection;
  /** Mirrors and tarballs of all workload clusters; unused when `store` is given. */
  dataDir?: string;
  /** Shared with the management cluster's flux-source. */
  store?: ArtifactStore;
  /** Serve Receivers of workload clusters; off unless told. */
  receivers?: boolean;
  /** Settings of each cluster's flux-kustomize. */
  kustomize?: Omit<FluxKustomizeOptions, "connection" | "informers">;
  /** How often a cluster without Flux is looked at again; 3 s unless told. */
  pollMs?: number;
}

/** The running Fluxes. */
export interface WorkloadFlux extends Running {
  /** Keys (`namespace/name`) of the kubeconfig Secrets whose cluster has a running Flux. */
  clusters(): string[];
}

interface Workload extends Running {
  kubeconfig: string;
}

const KUBECONFIGS = { labelSelector: "cluster.x-k8s.io/cluster-name" };
const CONTROLLERS = ["source-controller", "kustomize-controller"];

/**
 * Stands in for the Flux that runs on each workload cluster. It comes to life when the cluster has both controllers'
 * Deployments (gotk-components was applied there), reads that cluster's API alone, and ends when they or the
 * kubeconfig Secret go.
 */
export async function startWorkloadFlux(options: WorkloadFluxOptions): Promise<WorkloadFlux> {
  const store = options.store ?? (await new ArtifactStore(options.dataDir ?? ".flux-workload").listen());
  const client = new KubeClient(options.management, { fieldManager: "flux-workload" });
  const running = new Map<string, Workload>();
  const controller = startController({
    client,
    name: "flux-workload",
    watches: [{ kind: kinds.secret, options: KUBECONFIGS, map: (object) => [keyOf(object)] }],
    reconcile: (key) => reconcileWorkload({ client, store, running, options }, key),
    concurrency: 4,
  });
  return {
    clusters: () => [...running.keys()],
    close: async () => {
      await controller.close();
      await Promise.all([...running.values()].map((workload) => workload.close()));
      await client.close();
      if (options.store === undefined) await store.close();
    },
  };
}

interface WorkloadContext {
  client: KubeClient;
  store: ArtifactStore;
  running: Map<string, Workload>;
  options: WorkloadFluxOptions;
}

async function reconcileWorkload(context: WorkloadContext, key: string): Promise<Handled> {
  const { running, options } = context;
  const kubeconfig = await readKubeconfig(context.client, key);
  const known = running.get(key);
  if (known !== undefined && known.kubeconfig !== kubeconfig) {
    running.delete(key);
    await known.close();
  }
  if (kubeconfig === undefined) return undefined;
  const connection = connectionOf(kubeconfig);
  const isInstalled = await hasFlux(connection);
  if (isInstalled === undefined || isInstalled === running.has(key)) {
    // A running Flux is looked at seldom: its Deployments hardly ever go.
    const pollMs = options.pollMs ?? 3_000;
    return { requeueAfterMs: running.has(key) ? 30_000 : pollMs };
  }
  if (isInstalled) {
    running.set(key, { kubeconfig, ...(await startOne(context, connection)) });
    log.info({ cluster: key }, "the workload's Flux starts");
  } else {
    const gone = running.get(key);
    running.delete(key);
    await gone?.close();
  }
  return { requeueAfterMs: 30_000 };
}

async function readKubeconfig(client: KubeClient, key: string): Promise<string | undefined> {
  const { name, namespace } = parseKey(key);
  const secret = await client.find(kinds.secret, name, namespace);
  if (secret?.type !== "cluster.x-k8s.io/secret" || !name.endsWith("-kubeconfig")) return undefined;
  const value = (secret.data as { value?: string } | undefined)?.value;
  return value === undefined ? undefined : Buffer.from(value, "base64").toString("utf8");
}

/** Undefined when the cluster does not answer: a Flux in it would go on meanwhile. */
async function hasFlux(connection: Connection): Promise<boolean | undefined> {
  const client = new KubeClient(connection, { fieldManager: "flux-workload", timeoutMs: 5_000 });
  try {
    for (const name of CONTROLLERS) await client.get(kinds.deployment, name, "flux-system");
    return true;
  } catch (error) {
    return isNotFound(error) ? false : undefined;
  } finally {
    await client.close();
  }
}

async function startOne(context: WorkloadContext, connection: Connection): Promise<Running> {
  const { store, options } = context;
  const client = new KubeClient(connection, { fieldManager: "flux" });
  const informers = new Informers(client);
  const receivers = options.receivers ?? false;
  const source = await startFluxSource({ connection, store, informers, prefixed: true, receivers });
  const kustomize = await startFluxKustomize({ ...options.kustomize, connection, informers });
  return {
    close: async () => {
      await kustomize.close();
      await source.close();
      await informers.close();
      await client.close();
    },
  };
}
