import type { Db } from "./client.ts";

/** Flux objects that are not synced: those of the given clusters, and on demand the management cluster's own. */
export async function listUnsettledFlux(
  db: Db,
  { clusterIds, shared }: { clusterIds: string[]; shared: boolean },
) {
  return db.fluxObject.findMany({
    where: {
      deletedAt: null,
      sync: { notIn: ["Synced"] },
      OR: [{ clusterId: { in: clusterIds } }, ...(shared ? [{ clusterId: null }] : [])],
    },
    omit: { inventory: true, hash: true },
  });
}

export type StoredFlux = Awaited<ReturnType<typeof listUnsettledFlux>>[number];
