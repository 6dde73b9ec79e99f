import { isLeftOld, isSource } from "../flux/source-left-old.ts";
import { isTrouble, syncRank } from "../flux/sync.ts";
import { unreadyObjects } from "../flux/unready-objects.ts";
import { isUnhealthy, type ClusterNode, type FluxNode, type Inventory } from "./inventory.ts";

/** One object of the graph. */
export type CauseNode = { id: string; clusterId: string | null; rank: number } & (
  { of: "flux"; flux: FluxNode } | { of: "health"; cluster: ClusterNode }
);

export interface CauseGraph {
  nodes: ReadonlyMap<string, CauseNode>;
  /** Ids of what is in trouble. */
  troubled: readonly string[];
  /** Ids of what an object waits for. */
  waitsFor: (id: string) => readonly string[];
}

/** Health words that come before a failing sync, and their place (decisions §8). */
const healthRanks: Record<string, number> = {
  Unknown: 0,
  Failed: 1,
  Stuck: 1,
  Unreachable: 2,
  Degraded: 3,
  Late: 5,
};

/** Where an object is: two API servers may have objects of one kind and name. */
type Place = Pick<FluxNode, "home" | "clusterId" | "managementClusterId">;

const fluxId = ({ home, clusterId, managementClusterId }: Place, kind: string, key: string): string =>
  home === "management" ? `m|${managementClusterId}|${kind}/${key}` : `w|${clusterId ?? ""}|${kind}/${key}`;
const keyOf = ({ namespace, name }: { namespace: string; name: string }) => `${namespace}/${name}`;
const idOfFlux = (flux: FluxNode) => fluxId(flux, flux.kind, keyOf(flux));
const healthId = (clusterId: string) => `health|${clusterId}`;

/** The dependency graph of all that is not settled. */
export function buildGraph(inventory: Inventory, now: Date): CauseGraph {
  const nodes = new Map<string, CauseNode>();
  const troubled: string[] = [];
  for (const cluster of inventory.clusters) {
    const rank = healthRanks[cluster.health];
    if (rank === undefined || !isUnhealthy(cluster)) continue;
    const id = healthId(cluster.id);
    nodes.set(id, { id, clusterId: cluster.id, rank, of: "health", cluster });
    troubled.push(id);
  }
  const calm = new Set(inventory.clusters.filter((one) => !isUnhealthy(one)).map(({ id }) => id));
  for (const flux of inventory.flux) {
    // Nothing on a healthy cluster is anybody's cause, and nothing there holds up another.
    if (flux.clusterId !== null && calm.has(flux.clusterId)) continue;
    const id = idOfFlux(flux);
    nodes.set(id, { id, clusterId: flux.clusterId, rank: fluxRank(flux), of: "flux", flux });
    if (isTrouble(flux, now) && !isLeftOld(flux)) troubled.push(id);
  }
  const own = Map.groupBy(inventory.flux, ({ clusterId }) => clusterId);
  return { nodes, troubled, waitsFor: edgesOf({ nodes, own, troubled: new Set(troubled) }) };
}

function fluxRank({ sync }: FluxNode): number {
  if (sync === "Failed" || sync === "Stuck") return 1;
  if (sync === "Late") return 5;
  if (sync === "Behind") return 6;
  return 4 + (sync === null ? 0.9 : syncRank(sync) / 100);
}

interface Indexed {
  nodes: ReadonlyMap<string, CauseNode>;
  own: ReadonlyMap<string | null, readonly FluxNode[]>;
  troubled: ReadonlySet<string>;
}

function edgesOf(indexed: Indexed): (id: string) => readonly string[] {
  const { nodes } = indexed;
  const known = new Map<string, readonly string[]>();
  return (id) => {
    const before = known.get(id);
    if (before) return before;
    const node = nodes.get(id);
    const all = node?.of === "flux" ? fluxEdges(node.flux, indexed) : [];
    const found = all.length === 0 ? all : [...new Set(all)].filter((other) => nodes.has(other)).sort();
    known.set(id, found);
    return found;
  };
}

/** What a Flux object waits for, the nearest reason only. */
function fluxEdges(flux: FluxNode, indexed: Indexed): string[] {
  const { troubled } = indexed;
  const beside = (kind: string, key: string) => fluxId(flux, kind, key);
  const isTroubled = (id: string) => troubled.has(id);
  const silent = flux.clusterId === null ? null : healthId(flux.clusterId);
  if (silent !== null && isTroubled(silent) && hangsOnCluster(flux, indexed)) return [silent];
  const out: string[] = [];
  if (flux.sync === "Blocked") {
    if (flux.blockedBy !== null) out.push(beside(flux.kind, flux.blockedBy));
    out.push(...flux.dependsOn.map((key) => beside(flux.kind, key)).filter(isTroubled));
  }
  out.push(...sourceEdges(flux, indexed));
  out.push(
    ...waitedFor(flux.message).flatMap((one) => {
      const near = beside(one.kind, keyOf(one));
      const far = fluxId({ ...flux, home: "workload" }, one.kind, keyOf(one));
      const cluster = one.kind === "Cluster" && flux.clusterId !== null ? [healthId(flux.clusterId)] : [];
      return [near, far, ...cluster].filter((id) => isTroubled(id) && id !== idOfFlux(flux));
    }),
  );
  if (
    flux.home === "management" &&
    flux.role === "flux-config" &&
    flux.sync !== "Failing" &&
    flux.clusterId !== null
  )
    out.push(...ownTrouble(flux.clusterId, indexed));
  return out;
}

const waitedFor = (message: string | null) =>
  message?.includes(" status: '") ? unreadyObjects(message) : [];

function ownTrouble(clusterId: string, { own, troubled }: Indexed): string[] {
  return (own.get(clusterId) ?? [])
    .filter(({ home }) => home === "workload")
    .map(idOfFlux)
    .filter((id) => troubled.has(id));
}

/** What is on a silent cluster is only last known; what is put there waits for its kubeconfig or its answer. */
function hangsOnCluster(flux: FluxNode, { nodes }: Indexed): boolean {
  const health = nodes.get(healthId(flux.clusterId ?? ""));
  if (health?.of !== "health") return false;
  if (health.cluster.health === "Unreachable" && flux.home === "workload") return true;
  return (
    flux.home === "management" &&
    /KubeConfig secret|dial tcp|deadline exceeded|i\/o timeout/.test(flux.message ?? "")
  );
}

/** A source holds up what it feeds while it has nothing to serve. */
function sourceEdges(flux: FluxNode, { nodes, own }: Indexed): string[] {
  const { sourceKind, sourceName, sourceNamespace, namespace, message, reason } = flux;
  const starved =
    reason === "ArtifactFailed" ||
    reason === "SourceNotReady" ||
    /rtifact not found|is not ready/.test(message ?? "");
  if (!starved || flux.sync === "Blocked") return [];
  if (sourceKind !== null && sourceName !== null) {
    const id = fluxId(flux, sourceKind, `${sourceNamespace ?? namespace}/${sourceName}`);
    const source = nodes.get(id);
    return source?.of === "flux" && !isLeftOld(source.flux) ? [id] : [];
  }
  const beside = ({ home, managementClusterId }: FluxNode) =>
    home === flux.home && managementClusterId === flux.managementClusterId;
  return (own.get(flux.clusterId) ?? [])
    .filter((other) => beside(other) && isSource(other) && other.sync === "Failing" && !isLeftOld(other))
    .map(idOfFlux);
}
