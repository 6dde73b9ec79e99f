import { connectionOf } from "../../../../sandbox/controllers/runtime/connection-of.ts";
import { kindOf } from "../../../../sandbox/controllers/runtime/kind.ts";
import { KubeClient } from "../../../../sandbox/controllers/runtime/kube-client.ts";
import type { Unstructured } from "../../../../sandbox/controllers/runtime/objects.ts";
import { loadCrds } from "../../../../sandbox/crds/load-crds.ts";
import { clusterYaml, kindsUsed, kustomization, liveCluster, startSyncWorld } from "./sync-world.ts";

const rbac = "rbac.authorization.k8s.io";
const role = kindOf(`${rbac}/v1`, "ClusterRole", "clusterroles", false);
const binding = kindOf(`${rbac}/v1`, "ClusterRoleBinding", "clusterrolebindings", false);
const serviceAccount = kindOf("v1", "ServiceAccount", "serviceaccounts");
const account = { name: "fleetwright", namespace: "flux-system" };

/** A sync world whose clusters have API servers of their own, with Flux on them. */
export async function startWorkloadWorld() {
  const world = await startSyncWorld();
  const workloads = new Map<string, KubeClient>();
  const client = (name: string): KubeClient => {
    const found = workloads.get(name);
    if (!found) throw new Error(`no cluster ${name}`);
    return found;
  };
  const putSecret = (name: string, kubeconfig: string) =>
    world.apply({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: `${name}-kubeconfig`, namespace: name },
      type: "cluster.x-k8s.io/secret",
      data: { value: Buffer.from(kubeconfig).toString("base64") },
    });
  return {
    ...world,
    putSecret,
    /** An administrator's client of a cluster. */
    clientOf: client,
    /** A cluster with an API server, its kubeconfig Secret, and Flux's kinds. */
    async addCluster(name: string): Promise<void> {
      await world.namespace(name);
      world.git.set(name, clusterYaml(name));
      await world.client.raw({ method: "PUT", path: `/sandbox/clusters/${name}/${name}`, body: {} });
      const kubeconfig = world.api.workloadKubeconfig(name, name);
      const own = new KubeClient(connectionOf(kubeconfig), { fieldManager: "test" });
      workloads.set(name, own);
      for (const crd of loadCrds("flux")) await own.apply(kindsUsed.crd, crd as Unstructured);
      const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "flux-system" } };
      await own.apply(kindsUsed.namespace, namespace);
      await putSecret(name, kubeconfig);
      await world.apply(liveCluster(name, { ready: true }));
    },
    /** What the fleet layout gives a cluster for us: an account that may read Flux's kinds, here nothing else. */
    async addAccount(name: string): Promise<void> {
      const verbs = ["get", "list", "watch"];
      const apiGroups = ["kustomize", "source", "helm", "image", "notification"].map(
        (group) => `${group}.toolkit.fluxcd.io`,
      );
      await client(name).apply(role, {
        apiVersion: `${rbac}/v1`,
        kind: "ClusterRole",
        metadata: { name: "fleetwright-read" },
        rules: [{ apiGroups, resources: ["*"], verbs }],
      });
      await client(name).apply(binding, {
        apiVersion: `${rbac}/v1`,
        kind: "ClusterRoleBinding",
        metadata: { name: "fleetwright-read" },
        roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "fleetwright-read" },
        subjects: [{ kind: "ServiceAccount", ...account }],
      });
      await client(name).apply(serviceAccount, {
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: account,
      });
    },
    removeAccount: (name: string) => client(name).delete(serviceAccount, account.name, account.namespace),
    setFault: (name: string, kind: string) =>
      world.client.raw({ method: "PUT", path: `/sandbox/clusters/${name}/${name}/fault`, body: { kind } }),
    /** Writes the Kustomization `applications` on a cluster. */
    report: (name: string, ready: { status: string; reason: string; message?: string }) =>
      world.apply(kustomization("applications", "flux-system", ready), client(name)),
    row: (name: string) => world.db.cluster.findFirstOrThrow({ where: { name } }),
    applications: (name: string) =>
      world.db.fluxObject.findFirst({ where: { home: "workload", name: "applications", cluster: { name } } }),
    async close() {
      await Promise.all([...workloads.values()].map((one) => one.close()));
      await world.close();
    },
  };
}
