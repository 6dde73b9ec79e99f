import type { Db } from "./client.ts";

/** Namespaces of the management cluster that hold clusters, as far as the sync engine knows them. */
export async function namespacesOfFleet(db: Db): Promise<string[]> {
  const rows = await db.cluster.findMany({
    where: { deletedAt: null, live: true },
    distinct: ["namespace"],
    select: { namespace: true },
  });
  return rows.map(({ namespace }) => namespace);
}
