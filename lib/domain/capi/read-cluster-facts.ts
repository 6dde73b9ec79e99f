import type { ClusterFacts, ControlPlaneFacts, PoolFacts, ProviderReport } from "../cluster/facts.ts";
import type { KubeObject } from "../kube-object.ts";
import { readCoreCluster, type CoreCluster } from "./core-cluster.ts";
import { embeddedResources } from "./embedded-resources.ts";
import { readAsoObject } from "./read-aso-object.ts";
import { readControlPlane } from "./read-control-plane.ts";
import { poolRefs, readPool } from "./read-pool.ts";
import { providerName } from "./provider-name.ts";
import { compareVersions, withV } from "./version.ts";

/** Looks an object up by kind and name in the cluster's namespace. */
export interface Neighbours {
  find(kind: string, name: string): KubeObject | null;
  /** All of a kind in the namespace. */
  list(kind: string): KubeObject[];
}

/** Reads one live cluster from its Cluster object and the objects it names. Never throws. */
export function readClusterFacts(object: KubeObject, near: Neighbours): ClusterFacts {
  const core = readCoreCluster(object);
  const { metadata } = object;
  const controlPlaneObject = follow(core.controlPlaneRef, near);
  const infrastructure = follow(core.infrastructureRef, near);
  const controlPlane = controlPlaneObject ? readControlPlane(controlPlaneObject) : null;
  const aso = [controlPlaneObject, infrastructure].flatMap((one) => (one ? asoOf(one, near) : []));
  const pools = readPools(metadata.name, near);
  const azureVersion = aso.find(({ kind }) => kind === "ManagedCluster");
  const observed =
    controlPlane?.observedVersion ?? (azureVersion ? readAsoObject(azureVersion).version : null);
  const desired = core.topologyVersion ?? controlPlane?.desiredVersion ?? null;
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    uid: metadata.uid,
    createdAt: metadata.creationTimestamp ?? null,
    deletingSince: metadata.deletionTimestamp ?? null,
    paused: core.paused,
    provider: providerName(core.controlPlaneRef.kind, core.infrastructureRef.kind),
    labels: metadata.labels,
    infrastructureProvisioned: core.infrastructureProvisioned,
    controlPlaneInitialized: core.controlPlaneInitialized,
    conditions: core.conditions,
    topology: core.topology,
    desiredVersion: withV(desired),
    observedVersion: withV(observed),
    ahead: observed !== null && compareVersions(observed, desired) > 0,
    controlPlane,
    pools,
    ...countNodes(core, controlPlane, pools),
    reports: worstFirst([...aso.map((one) => readAsoObject(one).report), ...poolReports(pools)]),
    endpoint: core.endpoint,
  };
}

function follow(ref: CoreCluster["controlPlaneRef"], near: Neighbours): KubeObject | null {
  return ref.kind && ref.name ? near.find(ref.kind, ref.name) : null;
}

function asoOf(owner: KubeObject, near: Neighbours): KubeObject[] {
  return embeddedResources(owner).flatMap(({ kind, name }) => near.find(kind, name) ?? []);
}

function readPools(clusterName: string, near: Neighbours): PoolFacts[] {
  const objects = [...near.list("MachinePool"), ...near.list("MachineDeployment")];
  return objects
    .filter((object) => poolRefs(object).clusterName === clusterName)
    .sort((a, b) => a.metadata.name.localeCompare(b.metadata.name))
    .map((object) => {
      const infrastructure = follow(poolRefs(object).infrastructureRef, near);
      const aso = infrastructure ? (asoOf(infrastructure, near)[0] ?? null) : null;
      return readPool(object, clusterName, { infrastructure, aso });
    });
}

/** AKS runs its control plane out of sight: nodes are the pools'. Kubeadm's control-plane machines count too. */
function countNodes(core: CoreCluster, controlPlane: ControlPlaneFacts | null, pools: PoolFacts[]) {
  const seen = controlPlane?.kind === "KubeadmControlPlane";
  const desired = [
    ...pools.map((pool) => pool.desired),
    seen ? (controlPlane.replicas ?? core.controlPlane.desired) : 0,
  ];
  const ready = [
    ...pools.map((pool) => pool.ready),
    seen ? (controlPlane.readyReplicas ?? core.controlPlane.ready) : 0,
  ];
  const known = pools.length > 0 || seen;
  return { nodesDesired: known ? sum(desired) : null, nodesReady: known ? sum(ready) : null };
}

function sum(numbers: (number | null)[]): number {
  return numbers.reduce<number>((total, one) => total + (one ?? 0), 0);
}

function poolReports(pools: PoolFacts[]): ProviderReport[] {
  return pools.flatMap(({ report }) => (report && report.kind !== "MachineDeployment" ? [report] : []));
}

const order = ["Error", "Warning", "Info"];

function worstFirst(reports: ProviderReport[]): ProviderReport[] {
  const rank = ({ severity, ready }: ProviderReport) =>
    severity ? order.indexOf(severity) : ready === false ? 3 : 4;
  return [...reports].sort((a, b) => rank(a) - rank(b));
}
