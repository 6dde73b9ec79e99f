import type { Scope } from "../domain/access/actor.ts";
import type { Db } from "./client.ts";
import { Prisma } from "./generated/client.ts";

const visible = (scope: Scope): Prisma.Sql =>
  scope.all
    ? Prisma.sql`c."deletedAt" IS NULL`
    : Prisma.sql`c."deletedAt" IS NULL AND c.team = ANY(${scope.teams}::text[])`;
const environment = Prisma.sql`coalesce(c.environment, 'none')`;

/** Images of Flux's own controllers with the clusters that run them; a part is named by its image. */
export async function countFluxImages(db: Db, scope: Scope) {
  return db.$queryRaw<{ image: string; environment: string; count: number }[]>`
    SELECT image, ${environment} AS environment, count(DISTINCT c.id)::int AS count
    FROM "Workload" w JOIN "Cluster" c ON c.id = w."clusterId", unnest(w.images) AS image
    WHERE ${visible(scope)} AND w.namespace = 'flux-system'
    GROUP BY 1, 2 ORDER BY 1, 2 LIMIT 2000`;
}

/** Clusters of which no workload in flux-system is known, so that nothing can be said of their Flux. */
export async function countWithoutFlux(db: Db, scope: Scope) {
  return db.$queryRaw<{ environment: string; count: number }[]>`
    SELECT ${environment} AS environment, count(*)::int AS count FROM "Cluster" c
    WHERE ${visible(scope)}
      AND NOT EXISTS (SELECT 1 FROM "Workload" w WHERE w."clusterId" = c.id AND w.namespace = 'flux-system')
    GROUP BY 1`;
}

/** Chart versions of Helm releases on workload clusters; null: none installed yet, or it is not said. */
export async function countReleases(db: Db, scope: Scope) {
  return db.$queryRaw<{ part: string; version: string | null; environment: string; count: number }[]>`
    SELECT f.namespace || '/' || f.name AS part, f.revision AS version, ${environment} AS environment,
      count(DISTINCT c.id)::int AS count
    FROM "FluxObject" f JOIN "Cluster" c ON c.id = f."clusterId"
    WHERE ${visible(scope)} AND f."deletedAt" IS NULL AND f.kind = 'HelmRelease'
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT 2000`;
}
