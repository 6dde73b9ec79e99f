import type { StoredCluster } from "../db/clusters.ts";
import { findCommits } from "../db/commits.ts";
import { listUnsettledFlux } from "../db/flux-objects.ts";
import { findRepository } from "../db/repository.ts";
import { scopeOf } from "../domain/access/actor.ts";
import type { ReadContext } from "./context.ts";
import { asCausal, fleetTroubles, headOf, troubledIds } from "./fleet-troubles.ts";
import { toCommit, toExplanation } from "./to-cause.ts";
import type { TroubleView } from "./views.ts";

/** The causes behind all trouble of clusters the actor may see, worst first. */
export async function readCauses(
  { db, actor, now }: ReadContext,
  clusters: readonly StoredCluster[],
): Promise<TroubleView[]> {
  const [flux, repository] = await Promise.all([
    listUnsettledFlux(db, { clusterIds: troubledIds(clusters), shared: scopeOf(actor).all }),
    findRepository(db),
  ]);
  const groups = fleetTroubles(clusters, flux.map(asCausal), { head: headOf(repository), now });
  const commits = await findCommits(
    db,
    groups.flatMap(({ commit }) => commit ?? []),
  );
  return groups.map(({ explanation, commit, ...group }) => ({
    ...group,
    explanation: toExplanation(explanation),
    commit: toCommit(commit, commits),
  }));
}
