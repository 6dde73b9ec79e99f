import type { ChangeRecord } from "../db/changes.ts";
import type { ClusterFacts, KnownCluster } from "../domain/repository/cluster-facts.ts";
import { clusterFiles, clustersOfPaths } from "../domain/repository/layout.ts";
import type { Mirror } from "../git/mirror.ts";
import { factsIn, touchedClusters } from "./touched-clusters.ts";

/** Facts by the blobs they were read from: most clusters are the same from one tree to the next. */
const kept = new Map<string, ClusterFacts | null>();
const mostKept = 5_000;

/** Every cluster of a commit or tree. */
export async function clustersOfTree(mirror: Mirror, sha: string): Promise<KnownCluster[]> {
  const blobs = new Map((await mirror.listTree(sha, "clusters")).map((entry) => [entry.path, entry.sha]));
  const names = clustersOfPaths(blobs.keys());
  const keyOf = (name: string): string =>
    [name, ...clusterFiles(name).map((path) => blobs.get(path) ?? "")].join(" ");
  const unread = names.filter((name) => !kept.has(keyOf(name)));
  const files =
    unread.length === 0
      ? new Map<string, string>()
      : await mirror.readFiles(sha, unread.flatMap(clusterFiles));
  if (kept.size > mostKept) kept.clear();
  const found = new Map(names.map((name) => [name, kept.get(keyOf(name)) ?? null]));
  for (const name of unread) {
    const facts = factsIn(files, name);
    kept.set(keyOf(name), facts);
    found.set(name, facts);
  }
  return [...found.values()].flatMap((facts) => (facts === null ? [] : [{ ...facts, request: null }]));
}

/** Clusters these open pull requests would add to the base: their names, ranges and quota are taken. */
export async function clustersAskedFor(
  mirror: Mirror,
  { baseSha, open }: { baseSha: string; open: readonly ChangeRecord[] },
): Promise<KnownCluster[]> {
  const found: KnownCluster[] = [];
  for (const change of open.filter(({ clusters }) => clusters.length > 0)) {
    if (!(await mirror.has(change.headSha))) continue;
    const paths = change.files.map(({ path }) => path);
    const touched = await touchedClusters(mirror, { paths, base: baseSha, head: change.headSha });
    for (const { base, head } of touched) {
      if (base === null && head !== null) found.push({ ...head, request: change.number });
    }
  }
  return found;
}
