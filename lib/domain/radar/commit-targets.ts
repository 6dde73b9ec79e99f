import type { BuiltObject, BuiltPath } from "../protect/built-path.ts";
import { managementHome } from "../protect/read-fleet.ts";
import { clusterOfPath } from "../repository/layout.ts";
import { aboutCluster } from "./about-cluster.ts";

/** A cluster that a commit must reach. */
export interface CommitTarget {
  /** Its name; `management` for the management cluster itself. */
  cluster: string;
  /** Its Kustomizations that the commit touches, see {@link objectKey}; sorted. */
  objects: string[];
}

export interface CommitTrees {
  /** Paths the commit touches. */
  paths: readonly string[];
  /** Every Kustomization of the tree before it and of the tree it made, with what each reads. */
  before: readonly BuiltPath[];
  after: readonly BuiltPath[];
}

interface Pair {
  before: BuiltPath | null;
  after: BuiltPath;
}

/**
 * Which clusters a commit must reach, and by which of their Kustomizations: those whose closure it touches, in its own
 * tree or the one before (decisions §6). A Kustomization several clusters share counts for those whose files or objects
 * change, and for the management cluster where anything else does. What an unreadable closure holds cannot be told:
 * it counts, marked as unknown.
 */
export function commitTargets({ paths, before, after }: CommitTrees): CommitTarget[] {
  const changed = new Set(paths);
  const pairs = pairsOf(before, after);
  const known = new Set([...before, ...after].flatMap((one) => ownCluster(one) ?? []));
  const found = new Map<string, Set<string>>();
  for (const pair of pairs) {
    const hits = hitsOf(pair, changed);
    const unknown = hits.length === 0 && pair.after.partial === true;
    if (hits.length === 0 && !unknown) continue;
    const key = objectKey(pair.after, unknown);
    for (const cluster of clustersOf(pair, hits, known)) {
      found.set(cluster, (found.get(cluster) ?? new Set()).add(key));
    }
  }
  return [...found]
    .map(([cluster, objects]) => ({ cluster, objects: [...objects].sort() }))
    .sort((a, b) => (a.cluster < b.cluster ? -1 : 1));
}

/** `home/namespace/name`, home being `management` or `workload`; a leading `?` where what it reads cannot be told. */
const objectKey = ({ home, namespace, name }: BuiltPath, unknown: boolean): string =>
  `${unknown ? "?" : ""}${home === managementHome ? managementHome : "workload"}/${namespace}/${name}`;

const idOf = ({ home, namespace, name }: BuiltPath): string => `${home}/${namespace}/${name}`;

const ownCluster = ({ home, cluster }: BuiltPath): string | null =>
  home === managementHome ? (cluster ?? null) : home;

/** What is there after the commit; what a build that now fails used to make stays on its cluster too. */
function pairsOf(before: readonly BuiltPath[], after: readonly BuiltPath[]): Pair[] {
  const earlier = new Map(before.map((one) => [idOf(one), one]));
  const present = new Set(after.map(idOf));
  const pairs = after.map((one) => ({ before: earlier.get(idOf(one)) ?? null, after: one }));
  const lost = after.flatMap((one) => (one.ok ? [] : (earlier.get(idOf(one))?.objects ?? [])));
  // A lost parent may have lost grandchildren: each round finds the children of the last one's.
  for (let round = namesIn(lost); round.size > 0;) {
    const kept = before.filter((one) => round.has(`${one.namespace}/${one.name}`) && !present.has(idOf(one)));
    kept.forEach((one) => present.add(idOf(one)));
    pairs.push(...kept.map((one) => ({ before: one, after: one })));
    round = namesIn(kept.flatMap(({ objects }) => objects));
  }
  return pairs;
}

const namesIn = (objects: readonly BuiltObject[]): Set<string> =>
  new Set(
    objects
      .filter(
        ({ kind, apiVersion }) =>
          kind === "Kustomization" && apiVersion.startsWith("kustomize.toolkit.fluxcd.io/"),
      )
      .map(({ metadata }) => `${metadata.namespace ?? "default"}/${metadata.name}`),
  );

const hitsOf = ({ before, after }: Pair, changed: ReadonlySet<string>): string[] =>
  [...new Set([...(before?.files ?? []), ...after.files])].filter((file) => changed.has(file));

function clustersOf(pair: Pair, hits: readonly string[], known: ReadonlySet<string>): Set<string> {
  const own = ownCluster(pair.after);
  if (own !== null) return new Set([own]);
  const clusters = new Set(changedObjects(pair).flatMap((object) => aboutCluster(object) ?? []));
  let shared = hits.length === 0;
  for (const file of hits) {
    const cluster = clusterOfPath(file);
    if (cluster !== null && (known.has(cluster) || clusters.has(cluster))) clusters.add(cluster);
    else shared = true;
  }
  if (shared) clusters.add(managementHome);
  return clusters;
}

/** Objects that one tree has and the other has not, or not alike. */
function changedObjects({ before, after }: Pair): BuiltObject[] {
  const texts = (path: BuiltPath | null) =>
    new Map((path?.objects ?? []).map((object) => [JSON.stringify(object), object]));
  const [old, now] = [texts(before), texts(after)];
  const gone = [...old].filter(([text]) => !now.has(text));
  const fresh = [...now].filter(([text]) => !old.has(text));
  return [...gone, ...fresh].map(([, object]) => object);
}
