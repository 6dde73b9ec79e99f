import type { Tone } from "../cluster/mark.ts";
import { isTrouble, syncMark } from "../flux/sync.ts";
import { findRoots, type Root } from "./find-roots.ts";
import { buildGraph, type CauseGraph, type CauseNode } from "./graph.ts";
import { isUnhealthy, type ClusterNode, type FluxNode, type Inventory } from "./inventory.ts";
import { nameRoot, type NamedRoot } from "./name-root.ts";

/** A cluster under a cause. */
interface AffectedCluster {
  cluster: ClusterNode;
  /** It has the cause itself, or waits for something outside it. */
  role: "root" | "blocked";
  /** Its worst: exactly one cause of each unhealthy cluster. */
  primary: boolean;
}

export interface Cause extends NamedRoot {
  /** The objects that nothing else explains. */
  at: CauseNode[];
  /** It is, or is also, an object of the management cluster that belongs to no cluster. */
  shared: boolean;
  clusters: AffectedCluster[];
  /** Clusters whose worst it is. */
  number: number;
  since: string;
  tone: Tone;
  /** Trouble first: 0 is the worst. */
  rank: number;
  /** The commit that none of them gets applied, where it is one. */
  commit: string | null;
}

interface Draft {
  named: NamedRoot;
  at: Map<string, CauseNode>;
  clusters: Map<string, AffectedCluster>;
}

/**
 * Causes of all that is not well, worst first: what is blocked is folded into what blocks it, over any number of
 * steps, and the same cause on many clusters is one. Every unhealthy cluster has exactly one as its primary, no
 * healthy one has any; the order of the rows does not matter.
 */
export function groupCauses(inventory: Inventory, now: Date): Cause[] {
  const graph = buildGraph(inventory, now);
  const unhealthy = new Map(inventory.clusters.filter(isUnhealthy).map((cluster) => [cluster.id, cluster]));
  const ids = [...graph.troubled].sort();
  const roots = findRoots(ids, graph.waitsFor);
  const drafts = new Map<string, Draft>();
  const nameOfRoot = namer(graph, now);
  const worst = new Map<string, { rank: number; id: string; draft: Draft }>();
  for (const id of ids) {
    const node = graph.nodes.get(id);
    if (!node) continue;
    const cluster = node.clusterId === null ? null : unhealthy.get(node.clusterId);
    if (cluster === undefined) continue;
    for (const root of roots.get(id) ?? []) {
      const draft = draftOf(drafts, nameOfRoot(root));
      for (const member of root.members) {
        const found = graph.nodes.get(member);
        if (found) draft.at.set(member, found);
      }
      if (cluster === null) continue;
      addCluster(draft, cluster, root, graph);
      const before = worst.get(cluster.id);
      // Ids come in order, so the first of equal rank stays; of several roots behind it the first by key.
      const first = !before || node.rank < before.rank;
      if (first || (id === before.id && draft.named.key < before.draft.named.key))
        worst.set(cluster.id, { rank: node.rank, id, draft });
    }
  }
  for (const cluster of unhealthy.values()) {
    const draft = worst.get(cluster.id)?.draft ?? draftOf(drafts, fromMark(cluster));
    const role = draft.clusters.get(cluster.id)?.role ?? "root";
    draft.clusters.set(cluster.id, { cluster, role, primary: true });
  }
  return [...drafts.values()].map((draft) => finish(draft, now)).sort(worstFirst);
}

/** Names each root once; the same object with the same words has the same name on every cluster. */
function namer(graph: CauseGraph, now: Date): (root: Root) => NamedRoot {
  const names = new Map<Root | string, NamedRoot>();
  return (root) => {
    const alike = likeness(root, graph, now);
    const before = names.get(alike);
    if (before) return before;
    const named = nameRoot(root, graph.nodes, now);
    names.set(alike, named);
    return named;
  };
}

function likeness(root: Root, { nodes }: CauseGraph, now: Date): Root | string {
  const node = nodes.get(root.members[0] ?? "");
  if (root.cycle || node?.of !== "flux") return root;
  const { kind, namespace, name, sync, reason, message, blockedBy } = node.flux;
  return [kind, namespace, name, sync, reason, blockedBy, isTrouble(node.flux, now), message].join("|");
}

function draftOf(drafts: Map<string, Draft>, named: NamedRoot): Draft {
  const before = drafts.get(named.key);
  if (before) return before;
  const draft = { named, at: new Map(), clusters: new Map() };
  drafts.set(named.key, draft);
  return draft;
}

function addCluster(draft: Draft, cluster: ClusterNode, { members }: Root, { nodes }: CauseGraph): void {
  const own = members.some((id) => nodes.get(id)?.clusterId === cluster.id);
  if (own || !draft.clusters.has(cluster.id))
    draft.clusters.set(cluster.id, { cluster, role: own ? "root" : "blocked", primary: false });
}

/** What no object explains: the mark itself is all that is known. */
function fromMark({ causeKey, cause, word }: ClusterNode): NamedRoot {
  return { key: causeKey ?? `mark:${word}`, entry: null, title: cause ?? word };
}

const toneOrder: readonly Tone[] = ["failed", "unknown", "attention", "blocked"];
const worse = (a: Tone, b: Tone) => {
  const place = (tone: Tone) => (toneOrder.includes(tone) ? toneOrder.indexOf(tone) : toneOrder.length);
  return place(a) - place(b);
};

function finish({ named, at, clusters }: Draft, now: Date): Cause {
  const objects = [...at.values()].sort((a, b) => compare(a.id, b.id));
  const affected = [...clusters.values()].sort(
    (a, b) => compare(a.cluster.name, b.cluster.name) || compare(a.cluster.id, b.cluster.id),
  );
  const flux = objects.flatMap((node) => (node.of === "flux" ? [node.flux] : []));
  const shared = flux.filter(({ clusterId }) => clusterId === null);
  const sinces = [...affected.map(({ cluster }) => cluster.since), ...shared.map(({ since }) => since)];
  const tones = [
    ...affected.map(({ cluster }) => cluster.tone),
    ...shared.map((one) => syncMark(one, now).tone),
  ];
  const ranks = [...affected.map(({ cluster }) => cluster.rank), ...(shared.length > 0 ? [3.5] : [])];
  return {
    ...named,
    at: objects,
    shared: shared.length > 0,
    clusters: affected,
    number: affected.filter(({ primary }) => primary).length,
    since: sinces.sort()[0] ?? now.toISOString(),
    tone: tones.sort(worse)[0] ?? "attention",
    rank: Math.min(...ranks),
    commit: commitOf(flux),
  };
}

/** The commit all of them fail on, where it is the same and not the one applied. */
function commitOf(flux: readonly FluxNode[]): string | null {
  const failing = flux.filter(({ sync }) => sync === "Failing" || sync === "Failed" || sync === "Unhealthy");
  const [first] = failing;
  const sha = first?.attemptedSha ?? null;
  const same = failing.every((one) => one.attemptedSha === sha && !(one.revision ?? "").includes(sha ?? "?"));
  return same ? sha : null;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function worstFirst(a: Cause, b: Cause): number {
  return a.rank - b.rank || b.number - a.number || compare(a.since, b.since) || compare(a.key, b.key);
}
