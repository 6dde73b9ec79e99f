import { appendAudit } from "./audit.ts";
import type { Db } from "./client.ts";

interface Reached {
  number: number;
  title: string;
  commit: string;
  revision: string;
  clusterId: string;
  cluster: string;
  team: string | null;
}

/**
 * Writes down which clusters a merged change has reached, once for each: its commit stands at or before the one the
 * cluster's Kustomizations last applied (decisions §6). The last link of person → change → PR → commit → cluster.
 *
 * @returns how many were new.
 */
export async function recordReached(db: Db, now: Date): Promise<number> {
  const rows = await db.$queryRaw<Reached[]>`
    SELECT ch.number, ch.title, ch."mergeCommit" AS commit, c.revision, c.id::text AS "clusterId", c.name AS cluster, c.team
    FROM "Change" ch
    JOIN "Commit" merged ON merged."repositoryId" = ch."repositoryId" AND merged.sha = ch."mergeCommit"
    JOIN "Cluster" c ON c.name = ANY(ch.clusters) AND c."deletedAt" IS NULL
    JOIN "Commit" applied ON applied."repositoryId" = ch."repositoryId" AND applied.sha = c.revision
    WHERE ch.state = 'merged' AND applied.position >= merged.position
      AND NOT EXISTS (SELECT 1 FROM "AuditEvent" a WHERE a.key = 'reach:' || ch.number || ':' || c.id)
    ORDER BY merged.position, c.name LIMIT 500`;
  await appendAudit(
    db,
    rows.map(({ number, title, commit, revision, clusterId, cluster, team }) => ({
      key: `reach:${String(number)}:${clusterId}`,
      at: now,
      actor: "fleetwright",
      action: "commit.reached",
      target: `#${String(number)} ${title}`,
      team,
      cluster,
      change: number,
      detail: { commit, revision },
    })),
  );
  return rows.length;
}
