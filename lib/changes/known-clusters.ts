import type { ChangeRecord } from "../db/changes.ts";
import type { KnownCluster } from "../domain/repository/cluster-facts.ts";
import { clustersOfPaths } from "../domain/repository/layout.ts";
import type { Mirror } from "../git/mirror.ts";
import { factsIn, touchedClusters } from "./touched-clusters.ts";

/** Every cluster of a commit or tree. */
export async function clustersOfTree(mirror: Mirror, sha: string): Promise<KnownCluster[]> {
  const files = await mirror.readFiles(sha, "clusters");
  return clustersOfPaths(files.keys()).flatMap((name) => {
    const facts = factsIn(files, name);
    return facts === null ? [] : [{ ...facts, request: null }];
  });
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
