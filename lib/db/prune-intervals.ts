import type { Db } from "./client.ts";

const atOnce = 5_000;

/**
 * Forgets history that ended before a moment, a batch at a time so that no write waits long. What is open stays,
 * however long ago it began. Returns how many intervals went.
 */
export async function pruneIntervals(db: Db, olderThan: Date): Promise<number> {
  let total = 0;
  let gone: number;
  do {
    gone = await db.$executeRaw`
      DELETE FROM "ClusterInterval" WHERE id IN (
        SELECT id FROM "ClusterInterval" WHERE "to" < ${olderThan} LIMIT ${atOnce})`;
    total += gone;
  } while (gone === atOnce);
  return total;
}
