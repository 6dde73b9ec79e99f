import { clusterFile, clustersOfPaths, fleetFile, fluxConfigFile } from "../domain/repository/layout.ts";
import type { ClusterFacts } from "../domain/repository/cluster-facts.ts";
import { readClusterFiles } from "../domain/repository/read-cluster.ts";
import type { Mirror } from "../git/mirror.ts";

/** A cluster whose files a change touches, before and after; null where it does not exist there. */
export interface TouchedCluster {
  name: string;
  base: ClusterFacts | null;
  head: ClusterFacts | null;
}

/** Facts of every cluster these paths belong to, in two trees. */
export async function touchedClusters(
  mirror: Mirror,
  { paths, base, head }: { paths: readonly string[]; base: string; head: string },
): Promise<TouchedCluster[]> {
  const names = clustersOfPaths(paths);
  if (names.length === 0) return [];
  const wanted = names.flatMap((name) => [clusterFile(name), fluxConfigFile(name), fleetFile(name)]);
  const [before, after] = await Promise.all([mirror.readFiles(base, wanted), mirror.readFiles(head, wanted)]);
  return names.map((name) => ({ name, base: factsIn(before, name), head: factsIn(after, name) }));
}

/** What a tree's files say of one cluster. */
export function factsIn(files: ReadonlyMap<string, string>, name: string): ClusterFacts | null {
  return readClusterFiles({
    cluster: files.get(clusterFile(name)),
    fluxConfig: files.get(fluxConfigFile(name)),
    fleet: files.get(fleetFile(name)),
  });
}

/** Teams in base or head (scope, decisions §4), sorted. */
export function teamsOfClusters(clusters: readonly TouchedCluster[]): string[] {
  const teams = clusters.flatMap(({ base, head }) => [base?.team, head?.team]);
  return [...new Set(teams.filter((team): team is string => Boolean(team)))].sort();
}
