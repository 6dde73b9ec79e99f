import type { Db } from "./client.ts";
import { deadLetters, jobNames } from "./job-kinds.ts";

/** Jobs of one kind in one state, and for how long the oldest of them has been due, run or dead. */
export interface JobCount {
  kind: string;
  state: "queued" | "running" | "dead";
  count: number;
  oldestSeconds: number;
}

/**
 * What waits, runs and lies dead, by kind; nothing before a first engine made the queue. A job planned for later waits
 * for nobody: its age counts from when it is due.
 */
export async function countJobs(db: Db): Promise<JobCount[]> {
  const [there] = await db.$queryRaw<{ there: boolean }[]>`
    SELECT to_regclass('fleetwright_jobs.job') IS NOT NULL AS there`;
  if (!there?.there) return [];
  return db.$queryRawUnsafe<JobCount[]>(
    `SELECT kind, state, count(*)::int AS count,
       greatest(0, extract(epoch FROM now() - min(since)))::float AS "oldestSeconds"
     FROM (
       SELECT coalesce(source_name, name) AS kind,
         CASE WHEN name = $2 THEN 'dead' WHEN state = 'active' THEN 'running' ELSE 'queued' END AS state,
         CASE WHEN name = $2 THEN created_on WHEN state = 'active' THEN started_on ELSE start_after END AS since
       FROM fleetwright_jobs.job
       WHERE name = $2 OR (name = ANY($1) AND state IN ('created', 'retry', 'active'))
     ) AS jobs
     GROUP BY kind, state`,
    jobNames,
    deadLetters,
  );
}
