import type { Scope } from "../domain/access/actor.ts";
import type { Db } from "./client.ts";

/** Column filter for what a scope may see; tombstones are nobody's. */
function visible(scope: Scope) {
  return { deletedAt: null, ...(scope.all ? {} : { team: { in: scope.teams } }) };
}

/** Clusters a scope may see, with the management cluster's last contact: one statement. */
export async function listVisibleClusters(db: Db, scope: Scope, ids?: readonly string[]) {
  return db.cluster.findMany({
    where: { ...visible(scope), ...(ids ? { id: { in: [...ids] } } : {}) },
    omit: { conditions: true, controlPlane: true, labels: true, nodes: true, hash: true },
    include: { managementCluster: { select: { lastContactAt: true } } },
  });
}

export type StoredCluster = Awaited<ReturnType<typeof listVisibleClusters>>[number];

/**
 * Ids of the visible clusters that match every word of the text, in name, labels, version, owner or the text of an
 * error, its Flux objects' included.
 */
export async function searchClusters(db: Db, scope: Scope, text: string): Promise<string[]> {
  const patterns = text
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
  const teams = scope.all ? [] : scope.teams;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM "Cluster" c
    WHERE c."deletedAt" IS NULL AND (${scope.all} OR c.team = ANY(${teams}::text[]))
      AND NOT EXISTS (
        SELECT 1 FROM unnest(${patterns}::text[]) AS wanted(pattern)
        WHERE NOT (
          concat_ws(' ', c.namespace, c.name, c.labels::text, c.environment, c.region, c.team, c.owner, c.purpose, c.template,
            c.provider, c."desiredVersion", c."observedVersion", c.word, c.cause, c."healthMessage", c."syncMessage",
            c."contactMessage", c.revision) ILIKE wanted.pattern
          OR EXISTS (
            SELECT 1 FROM "FluxObject" f
            WHERE f."clusterId" = c.id AND f.sync <> 'Synced' AND concat_ws(' ', f.name, f.message) ILIKE wanted.pattern)))`;
  return rows.map(({ id }) => id);
}

/** One visible cluster with everything its page shows; null where there is none or the scope hides it. */
export async function findVisibleCluster(
  db: Db,
  scope: Scope,
  { namespace, name }: { namespace: string; name: string },
) {
  return db.cluster.findFirst({
    where: { ...visible(scope), namespace, name },
    include: {
      managementCluster: { select: { lastContactAt: true } },
      fluxObjects: { where: { deletedAt: null } },
      pools: { orderBy: { name: "asc" } },
      workloads: { orderBy: [{ namespace: "asc" }, { name: "asc" }] },
      milestones: true,
    },
  });
}

export type StoredClusterDetail = NonNullable<Awaited<ReturnType<typeof findVisibleCluster>>>;

/** How many clusters a scope may see, all or of one name. */
export async function countVisibleClusters(
  db: Db,
  scope: Scope,
  key: { namespace?: string; name?: string } = {},
): Promise<number> {
  return db.cluster.count({ where: { ...visible(scope), ...key } });
}
