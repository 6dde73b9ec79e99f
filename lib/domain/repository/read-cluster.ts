import type { ClusterFacts, PoolFacts } from "./cluster-facts.ts";
import {
  groupOf,
  kindOf,
  listAt,
  nameOf,
  readObjects,
  stringsAt,
  textAt,
  valueAt,
  type Loose,
} from "./loose.ts";
import { readPools } from "./read-pools.ts";
import { templateAnnotation } from "./template-syntax.ts";

/** The files of one cluster; a missing one is undefined. */
export interface ClusterSources {
  cluster?: string | undefined;
  fluxConfig?: string | undefined;
  fleet?: string | undefined;
}

const coreGroup = "cluster.x-k8s.io";

/**
 * Reads a cluster's files back to facts, whatever template or hand wrote them. Null where cluster.yaml has no
 * readable Cluster object. A field that is missing or odd is null.
 */
export function readClusterFiles(sources: ClusterSources): ClusterFacts | null {
  const { objects } = readObjects(sources.cluster ?? "");
  const found = objects.find(({ object }) => groupOf(object) === coreGroup && kindOf(object) === "Cluster");
  if (!found) return null;
  const cluster = found.object;
  const all = objects.map(({ object }) => object);
  const labels = stringsAt(cluster, "metadata", "labels");
  const annotations = stringsAt(cluster, "metadata", "annotations");
  const name = nameOf(cluster);
  const azure = readAzure(all, cluster);
  return {
    name,
    namespace: textAt(cluster, "metadata", "namespace") ?? "default",
    environment: labels["environment"] ?? variableOf(sources.fluxConfig, "ENVIRONMENT"),
    region: labels["region"] ?? azure.region,
    team: labels["fleetwright.dev/team"] ?? null,
    owner: annotations["fleetwright.dev/owner"] ?? null,
    purpose: annotations["fleetwright.dev/purpose"] ?? null,
    expiresAt: annotations["fleetwright.dev/expires-at"] ?? null,
    template: annotations[templateAnnotation] ?? null,
    provider: providerOf(cluster),
    desiredVersion: readVersion(all, cluster),
    tier: azure.tier,
    pools: readPools(all, cluster),
    podCidr: textAt(cluster, "spec", "clusterNetwork", "pods", "cidrBlocks", 0),
    serviceCidr: textAt(cluster, "spec", "clusterNetwork", "services", "cidrBlocks", 0),
    nodeCidr: annotations["fleetwright.dev/node-cidr"] ?? azure.nodeCidr,
    dnsServiceIp: azure.dnsServiceIp,
    podsOverlay: azure.podsOverlay,
    labels,
    annotations,
    line: found.line,
  };
}

function providerOf(cluster: Loose): string {
  const kind = textAt(cluster, "spec", "infrastructureRef", "kind");
  const className =
    textAt(cluster, "spec", "topology", "classRef", "name") ?? textAt(cluster, "spec", "topology", "class");
  if (kind === null) return className?.startsWith("aks") === true ? "aks" : (className ?? "unknown");
  const known: Record<string, string> = {
    AzureASOManagedCluster: "aks",
    AzureManagedCluster: "aks-managed",
    DevCluster: "dev",
    DockerCluster: "dev",
  };
  return known[kind] ?? kind.replace(/Cluster$/, "").toLowerCase();
}

/** The control plane's version: of the topology, or of the object `controlPlaneRef` names. */
function readVersion(all: Loose[], cluster: Loose): string | null {
  const topology = textAt(cluster, "spec", "topology", "version");
  if (topology !== null) return topology;
  const kind = textAt(cluster, "spec", "controlPlaneRef", "kind");
  const name = textAt(cluster, "spec", "controlPlaneRef", "name");
  const controlPlane = all.find((object) => kindOf(object) === kind && nameOf(object) === name);
  return controlPlane === undefined ? null : textAt(controlPlane, "spec", "version");
}

interface AzureFacts {
  region: string | null;
  tier: string | null;
  dnsServiceIp: string | null;
  nodeCidr: string | null;
  podsOverlay: boolean;
}

/** Facts of both AKS shapes; for other providers pods are taken to live inside the cluster only. */
function readAzure(all: Loose[], cluster: Loose): AzureFacts {
  const kind = textAt(cluster, "spec", "controlPlaneRef", "kind");
  const controlPlane = kind === null ? undefined : all.find((object) => kindOf(object) === kind);
  if (kind === "AzureManagedControlPlane") {
    const spec = valueAt(controlPlane, "spec");
    return {
      region: textAt(spec, "location"),
      tier: textAt(spec, "sku", "tier"),
      dnsServiceIp: textAt(spec, "dnsServiceIP"),
      nodeCidr: textAt(spec, "virtualNetwork", "subnet", "cidrBlock"),
      podsOverlay: isOverlay(spec),
    };
  }
  const managed = listAt(controlPlane, "spec", "resources").find(
    (one) => textAt(one, "kind") === "ManagedCluster",
  );
  const spec = valueAt(managed, "spec");
  return {
    region: textAt(spec, "location"),
    tier: textAt(spec, "sku", "tier"),
    dnsServiceIp: textAt(spec, "networkProfile", "dnsServiceIP"),
    nodeCidr: null,
    podsOverlay: managed === undefined || isOverlay(valueAt(spec, "networkProfile")),
  };
}

/** Azure CNI without overlay gives pods addresses of the network; every other mode keeps them inside. */
const isOverlay = (profile: unknown): boolean =>
  textAt(profile, "networkPlugin") !== "azure" || textAt(profile, "networkPluginMode") === "overlay";

/** A variable of the cluster's own `cluster-vars` ConfigMap. */
function variableOf(fluxConfig: string | undefined, name: string): string | null {
  const { objects } = readObjects(fluxConfig ?? "");
  const vars = objects.find(
    ({ object }) => kindOf(object) === "ConfigMap" && nameOf(object) === "cluster-vars",
  );
  return vars === undefined ? null : textAt(vars.object, "data", name);
}

/** Nodes Git asks for: replicas, else the autoscaler's minimum; null where no pool says. */
export function desiredNodes(pools: readonly PoolFacts[]): number | null {
  const counts = pools.map((pool) => pool.replicas ?? pool.min);
  const known = counts.filter((count) => count !== null);
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
}
