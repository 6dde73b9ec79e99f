import type { ChangeKind } from "../domain/change/meta.ts";
import type { TouchedCluster } from "./touched-clusters.ts";

/** What a pull request does to clusters, told from its files; a hand-made one has no other witness. */
export function kindOfChange(clusters: readonly TouchedCluster[]): ChangeKind {
  if (clusters.length === 0) return "other";
  if (clusters.every(({ base, head }) => base === null && head !== null)) return "create";
  if (clusters.some(({ base, head }) => base !== null && head === null)) return "delete";
  const upgraded = clusters.some(({ base, head }) => base?.desiredVersion !== head?.desiredVersion);
  return upgraded ? "upgrade" : "edit";
}
