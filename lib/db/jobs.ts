import type { Db } from "./client.ts";
import { deadLetters, jobNames } from "./job-kinds.ts";

/** A job as the queue keeps it. */
export interface JobRow {
  id: string;
  /** Its queue; of a dead letter the one it failed in. */
  name: string;
  state: "created" | "retry" | "active" | "completed" | "cancelled" | "failed";
  /** What distinguishes it from others of its queue; null where there is only one. */
  key: string | null;
  /** Retries made, and how many there are. */
  tries: number;
  limit: number;
  createdAt: Date;
  startedAt: Date | null;
  /** When it is due (again). */
  dueAt: Date;
  completedAt: Date | null;
  /** What it returned, or the error of its last attempt. */
  output: unknown;
  dead: boolean;
}

const fields = `
  id::text, coalesce(source_name, name) AS name, state::text,
  CASE WHEN singleton_key = coalesce(source_name, name) THEN NULL ELSE singleton_key END AS key,
  coalesce(source_retry_count, retry_count) AS tries, retry_limit AS limit, created_on AS "createdAt",
  started_on AS "startedAt", start_after AS "dueAt", completed_on AS "completedAt",
  coalesce(source_output, output) AS output, name = '${deadLetters}' AS dead`;

/**
 * What waits, runs, is tried again or lies dead, then the newest that are done; null before a first engine made the
 * queue.
 */
export async function listJobs(db: Db, { done }: { done: number }): Promise<JobRow[] | null> {
  const [there] = await db.$queryRaw<{ there: boolean }[]>`
    SELECT to_regclass('fleetwright_jobs.job') IS NOT NULL AS there`;
  if (!there?.there) return null;
  const names = [...jobNames, deadLetters];
  return db.$queryRawUnsafe<JobRow[]>(
    `(SELECT ${fields} FROM fleetwright_jobs.job
       WHERE name = ANY($1) AND (state IN ('created', 'retry', 'active') OR name = '${deadLetters}')
       ORDER BY created_on LIMIT 500)
     UNION ALL
     (SELECT ${fields} FROM fleetwright_jobs.job
       WHERE name = ANY($1) AND state IN ('completed', 'cancelled') AND name <> '${deadLetters}'
       ORDER BY completed_on DESC LIMIT $2)`,
    names,
    done,
  );
}

/** A job that failed for good and was not tried again by hand since. */
export async function findDeadLetter(db: Pick<Db, "$queryRawUnsafe">, id: string): Promise<JobRow | null> {
  const [row] = await db.$queryRawUnsafe<JobRow[]>(
    `SELECT ${fields} FROM fleetwright_jobs.job WHERE name = '${deadLetters}' AND id = $1::uuid`,
    id,
  );
  return row ?? null;
}
