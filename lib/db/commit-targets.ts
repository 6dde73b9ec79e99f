import type { CommitTarget } from "../domain/radar/commit-targets.ts";
import type { Db } from "./client.ts";

/** A commit whose targets are still to be worked out. */
export interface PendingCommit {
  sha: string;
  position: number;
  parents: string[];
  paths: string[];
  authoredAt: Date;
}

/** Those of the newest `window` commits, newest first. */
export async function pendingCommits(db: Db, repositoryId: string, window: number): Promise<PendingCommit[]> {
  return db.$queryRaw<PendingCommit[]>`
    SELECT sha, position, parents, paths, "authoredAt" FROM "Commit"
    WHERE "repositoryId" = ${repositoryId}::uuid AND "targetsAt" IS NULL
      AND position > (SELECT max(position) FROM "Commit" WHERE "repositoryId" = ${repositoryId}::uuid) - ${window}
    ORDER BY position DESC`;
}

/**
 * Writes a commit's targets.
 *
 * @returns the names of clusters the inventory does not know (yet).
 */
export async function saveTargets(
  db: Db,
  repositoryId: string,
  { sha, position }: Pick<PendingCommit, "sha" | "position">,
  targets: readonly CommitTarget[],
): Promise<string[]> {
  const rows = await db.$queryRaw<{ cluster: string; id: string | null }[]>`
    WITH wanted AS (
      SELECT w.cluster, w.objects, coalesce(
        (SELECT c.id FROM "Cluster" c WHERE c.name = w.cluster ORDER BY c."deletedAt" DESC NULLS FIRST, c.id LIMIT 1),
        (SELECT m.id FROM "ManagementCluster" m WHERE w.cluster = 'management' ORDER BY m.id LIMIT 1)) AS id
      FROM jsonb_to_recordset(${JSON.stringify(targets)}::jsonb) AS w(cluster text, objects text[])
    ), written AS (
      INSERT INTO "CommitTarget" ("repositoryId", sha, position, "clusterId", objects)
      SELECT ${repositoryId}::uuid, ${sha}, ${position}, id, objects FROM wanted WHERE id IS NOT NULL
      ON CONFLICT ("repositoryId", sha, "clusterId") DO UPDATE SET objects = EXCLUDED.objects, position = EXCLUDED.position
    )
    SELECT cluster, id::text AS id FROM wanted`;
  return rows.filter(({ id }) => id === null).map(({ cluster }) => cluster);
}

/** Notes that a commit's targets are known. */
export async function closeTargets(db: Db, repositoryId: string, sha: string, now: Date): Promise<void> {
  await db.commit.updateMany({ where: { repositoryId, sha }, data: { targetsAt: now } });
}

/**
 * Marks the targets all of whose Kustomizations have applied the commit or a later one (decisions §6); what is not
 * on the branch, or not there, keeps them open.
 *
 * @param first A commit looked at for the first time: where the cluster is already past it, when is not known.
 * @returns how many were marked.
 */
export async function markApplied(
  db: Db,
  repositoryId: string,
  now: Date,
  first: string | null = null,
): Promise<number> {
  return db.$executeRaw`
    WITH open AS (
      SELECT t.sha, t."clusterId", own.position,
        coalesce(cl."managementClusterId", t."clusterId") AS management,
        split_part(ltrim(o.key, '?'), '/', 1) AS home,
        split_part(o.key, '/', 2) AS namespace, split_part(o.key, '/', 3) AS name
      FROM "CommitTarget" t
      JOIN "Commit" own ON own."repositoryId" = t."repositoryId" AND own.sha = t.sha
      LEFT JOIN "Cluster" cl ON cl.id = t."clusterId"
      CROSS JOIN LATERAL unnest(t.objects) AS o(key)
      WHERE t."repositoryId" = ${repositoryId}::uuid AND t."appliedAt" IS NULL
        AND (${first}::text IS NULL OR t.sha = ${first})
    ), done AS (
      SELECT open.sha, open."clusterId", max(coalesce(f."appliedAt", ${now})) AS at,
        bool_and(applied.position = open.position) AS exact
      FROM open
      LEFT JOIN "FluxObject" f ON f."managementClusterId" = open.management AND f.kind = 'Kustomization'
        AND f."homeKey" = CASE WHEN open.home = 'workload' THEN open."clusterId"::text ELSE 'management' END
        AND f.namespace = open.namespace AND f.name = open.name AND f."deletedAt" IS NULL
      LEFT JOIN "Commit" applied ON applied."repositoryId" = ${repositoryId}::uuid AND applied.sha = f.sha
      GROUP BY 1, 2
      HAVING bool_and(coalesce(applied.position >= open.position, false))
    )
    UPDATE "CommitTarget" t SET "appliedAt" = done.at, timed = ${first}::text IS NULL OR done.exact
    FROM done
    WHERE t."repositoryId" = ${repositoryId}::uuid AND t.sha = done.sha AND t."clusterId" = done."clusterId"`;
}
