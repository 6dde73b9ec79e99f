import type { Behind } from "../../domain/cluster/mark-of.ts";
import type { ClusterData, FluxData } from "../../db/inventory-rows.ts";
import type { ProjectionInput } from "./projection.ts";

/**
 * The oldest commit any of its Kustomizations has applied: what the cluster as a whole has reached. It is behind by
 * what is settled there; what is suspended or fails stays behind for a reason of its own.
 */
export function revisionOf(
  { position, headPosition, now }: ProjectionInput,
  objects: readonly FluxData[],
  before: ClusterData | null,
) {
  const applied = objects
    .filter(({ kind, sha }) => kind === "Kustomization" && sha !== null)
    .map((flux) => ({ ...flux, place: position(flux.sha ?? "") }))
    .sort((a, b) => (a.place ?? -1) - (b.place ?? -1));
  const oldest = applied[0];
  if (!oldest) return { revision: null, revisionAt: null, behindBy: null, behindSince: null };
  const place = applied.find(({ sync }) => sync === "Synced")?.place ?? null;
  const behindBy = place === null || headPosition === null ? null : Math.max(0, headPosition - place);
  const stays = before?.revision === oldest.sha ? before.behindSince : null;
  const behindSince = behindBy ? (stays ?? now.toISOString()) : null;
  return { revision: oldest.sha, revisionAt: oldest.appliedAt, behindBy, behindSince };
}

/** How far behind it is, and how long its sources may take to notice a commit. */
export function behindOf(
  { behindBy, behindSince }: ReturnType<typeof revisionOf>,
  objects: readonly FluxData[],
): Behind | null {
  if (!behindBy || behindSince === null) return null;
  const intervals = objects.flatMap(({ kind, intervalSeconds }) =>
    kind === "GitRepository" && intervalSeconds !== null ? [intervalSeconds] : [],
  );
  return { commits: behindBy, since: behindSince, intervalSeconds: Math.max(60, ...intervals) };
}
