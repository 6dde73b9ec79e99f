import { openDb } from "../../../db/client.ts";
import { createAgent, type Connection, type TlsMaterial } from "../../../kubernetes/connection.ts";
import { kindOf, kinds } from "../../../../sandbox/controllers/runtime/kind.ts";
import { KubeClient } from "../../../../sandbox/controllers/runtime/kube-client.ts";
import type { Unstructured } from "../../../../sandbox/controllers/runtime/objects.ts";
import { loadCrds } from "../../../../sandbox/crds/load-crds.ts";
import { startKubernetes } from "../../../../sandbox/kubernetes/start-kubernetes.ts";
import { testDatabase } from "../../../../sandbox/testing/postgres.ts";
import type { ClusterSources } from "../../../domain/repository/read-cluster.ts";
import type { SyncOptions, SyncTimings } from "../options.ts";
import { startSync } from "../start-sync.ts";
import { startFlakyProxy } from "./flaky-proxy.ts";

const admin = { username: "admin", groups: ["system:masters"], token: "admin-token" };
/** May do what a test binds it to. */
const reader = { username: "reader", groups: [], token: "reader-token" };

export const kindsUsed = {
  ...kinds,
  cluster: kindOf("cluster.x-k8s.io/v1beta2", "Cluster", "clusters"),
  machineDeployment: kindOf("cluster.x-k8s.io/v1beta2", "MachineDeployment", "machinedeployments"),
  kustomization: kindOf("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "kustomizations"),
  gitRepository: kindOf("source.toolkit.fluxcd.io/v1", "GitRepository", "gitrepositories"),
};

const fast: Partial<SyncTimings> = {
  debounceMs: 20,
  tickMs: 200,
  probeMs: 100,
  maxBackoffMs: 300,
  deadlineMs: 1_500,
  discoveryMs: 300,
  credentialsMs: 200,
  leadershipMs: 100,
  heartbeatMs: 100,
  requestsMs: 50,
  asksMs: 50,
};

/** A management API server with the fleet's CRDs, a fresh database and engines that copy the one to the other. */
export async function startSyncWorld() {
  const [api, database] = await Promise.all([startKubernetes({ users: [admin, reader] }), testDatabase()]);
  const db = openDb(database.url);
  const client = new KubeClient(
    { server: api.url, ca: api.ca, token: admin.token },
    { fieldManager: "test" },
  );
  for (const crd of loadCrds("management")) await client.apply(kinds.crd, crd as Unstructured);
  const proxy = await startFlakyProxy(api);
  const git = new TestGit();
  const running: { close(): Promise<void> }[] = [];

  const apply = async (object: Unstructured, where: KubeClient = client): Promise<Unstructured> => {
    const kind = Object.values(kindsUsed).find((each) => each.kind === object.kind);
    if (!kind) throw new Error(`no kind ${object.kind}`);
    const applied = await where.apply(kind, object);
    if (!("status" in object)) return applied;
    const { name, namespace } = object.metadata;
    return where.patchStatus(kind, name, namespace, { status: object["status"] });
  };

  return {
    api,
    db,
    client,
    proxy,
    git,
    databaseUrl: database.url,
    /** A connection past the proxy. */
    connect: (user: "admin" | "reader" = "admin") =>
      connectionTo(api.url, { ca: api.ca }, user === "admin" ? admin.token : reader.token),
    apply,
    namespace: (name: string) =>
      client.apply(kinds.namespace, { apiVersion: "v1", kind: "Namespace", metadata: { name } }),
    remove: (kind: keyof typeof kindsUsed, name: string, namespace: string) =>
      client.delete(kindsUsed[kind], name, namespace),
    sync(options: Partial<SyncOptions> = {}) {
      const engine = startSync({
        db,
        databaseUrl: database.url,
        management: { slug: "management", connection: connectionTo(proxy.url) },
        git,
        workloadAccess: "kubeconfig",
        logger: {
          info: () => undefined,
          warn: (context, message) => {
            if (process.env["SYNC_DEBUG"]) console.warn(message, context);
          },
          error: (context, message) => console.error(message, context),
        },
        ...options,
        timings: { ...fast, ...options.timings },
      });
      running.push(engine);
      return engine;
    },
    async close() {
      await Promise.all(running.map((one) => one.close()));
      await Promise.all([db.$disconnect(), client.close(), proxy.close()]);
      await Promise.all([api.close(), database.close()]);
    },
  };
}

export function connectionTo(server: string, tls: TlsMaterial = {}, token = admin.token): Connection {
  const dispatcher = createAgent(tls);
  return {
    server,
    dispatcher,
    headers: () => Promise.resolve({ authorization: `Bearer ${token}` }),
    close: () => dispatcher.destroy(),
  };
}

/** A fleet repository that a test writes by hand. */
export class TestGit {
  #head: { sha: string } | null = { sha: "0".repeat(40) };
  #files = new Map<string, ClusterSources>();
  readonly #callbacks = new Set<() => void>();

  head = () => this.#head;
  clusterFiles = () => this.#files;
  position = (sha: string) => (sha === this.#head?.sha ? 1 : null);
  onChange = (callback: () => void) => {
    this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  };

  set(name: string, cluster: string | null): void {
    if (cluster === null) this.#files.delete(name);
    else this.#files.set(name, { cluster });
    for (const callback of this.#callbacks) callback();
  }
}

/** cluster.yaml of a Dev cluster. */
export function clusterYaml(name: string, { team = "payments" }: { team?: string } = {}): string {
  return JSON.stringify({
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "Cluster",
    metadata: {
      name,
      namespace: name,
      labels: { environment: "development", region: "westeurope", "fleetwright.dev/team": team },
    },
    spec: clusterSpec(name),
  });
}

function clusterSpec(name: string) {
  return {
    controlPlaneRef: { apiGroup: "controlplane.cluster.x-k8s.io", kind: "KubeadmControlPlane", name },
    infrastructureRef: { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "DevCluster", name },
  };
}

/** A live Cluster; `ready` makes it one whose API server answers. */
export function liveCluster(name: string, { ready = false, team = "payments" } = {}): Unstructured {
  const at = "2026-11-01T00:00:00Z";
  const condition = (type: string) => ({
    type,
    status: "True",
    reason: "Ok",
    message: "",
    lastTransitionTime: at,
  });
  return {
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "Cluster",
    metadata: { name, namespace: name, labels: { "fleetwright.dev/team": team } },
    spec: clusterSpec(name),
    status: {
      phase: ready ? "Provisioned" : "Provisioning",
      initialization: { infrastructureProvisioned: ready, controlPlaneInitialized: ready },
      conditions: ready ? ["Available", "InfrastructureReady", "ControlPlaneInitialized"].map(condition) : [],
    },
  };
}

/** A Kustomization with a Ready condition. */
export function kustomization(
  name: string,
  namespace: string,
  ready: { status: string; reason: string; message?: string },
  revision = `main@sha1:${"a".repeat(40)}`,
): Unstructured {
  return {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name, namespace },
    spec: {
      interval: "10m",
      path: "./apps",
      prune: true,
      sourceRef: { kind: "GitRepository", name: "fleet" },
    },
    status: {
      observedGeneration: 1,
      lastAppliedRevision: revision,
      lastAttemptedRevision: revision,
      conditions: [{ type: "Ready", lastTransitionTime: new Date().toISOString(), message: "", ...ready }],
    },
  };
}
