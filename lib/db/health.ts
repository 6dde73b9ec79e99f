import type { Db } from "./client.ts";

/** What the portal knows of its own sources; for platform engineers, so without scope. */
export async function readHealth(db: Db) {
  const [management, repository, broken, contacts, lacking, deliveries] = await Promise.all([
    db.managementCluster.findFirst({ orderBy: { slug: "asc" } }),
    db.fleetRepository.findFirst({
      orderBy: { id: "asc" },
      omit: { config: true, prices: true, templates: true },
    }),
    db.cluster.findMany({
      where: { deletedAt: null, live: true, contact: { in: ["unreachable", "not-readable"] } },
      orderBy: [{ contactSince: "asc" }, { name: "asc" }],
      take: 200,
      select: { ...named, contact: true, contactMessage: true, contactSince: true, lastSeenAt: true },
    }),
    db.cluster.groupBy({ by: ["contact"], where: { deletedAt: null, live: true }, _count: true }),
    db.cluster.findMany({
      where: { deletedAt: null, live: true, NOT: { missingRules: { equals: [] } } },
      orderBy: { name: "asc" },
      select: { ...named, missingRules: true },
    }),
    db.delivery.groupBy({ by: ["source"], _max: { receivedAt: true } }),
  ]);
  return {
    management,
    repository,
    broken,
    lacking,
    contacts: new Map(contacts.map(({ contact, _count }) => [contact, _count])),
    deliveries: new Map(deliveries.map(({ source, _max }) => [source, _max.receivedAt])),
  };
}

const named = { namespace: true, name: true } as const;

export interface DatabaseHealth {
  version: string;
  sizeBytes: number;
  connections: number;
  answeredMs: number;
}

/** How the database is, and how long it took to say so. */
export async function readDatabaseHealth(db: Db): Promise<DatabaseHealth> {
  const begun = performance.now();
  const [row] = await db.$queryRaw<{ version: string; size: bigint; connections: bigint }[]>`
    SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS size,
      (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS connections`;
  return {
    version: row?.version ?? "",
    sizeBytes: Number(row?.size ?? 0),
    connections: Number(row?.connections ?? 0),
    answeredMs: Math.round(performance.now() - begun),
  };
}
