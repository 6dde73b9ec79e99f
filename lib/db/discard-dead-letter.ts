import { appendAudit } from "./audit.ts";
import type { Db } from "./client.ts";
import { deadLetters } from "./job-kinds.ts";
import { findDeadLetter } from "./jobs.ts";

/**
 * Takes a dead letter out of the queue for good and writes down who did that, and with which error it died: both, or
 * neither. False: it is no longer there.
 */
export async function discardDeadLetter(
  db: Db,
  id: string,
  { login, now }: { login: string; now: Date },
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const letter = await findDeadLetter(tx, id);
    if (!letter) return false;
    const gone = await tx.$executeRawUnsafe(
      `DELETE FROM fleetwright_jobs.job WHERE name = '${deadLetters}' AND id = $1::uuid`,
      id,
    );
    if (gone === 0) return false;
    const target = [letter.name, letter.key].filter(Boolean).join(" ");
    await appendAudit(tx, [
      { key: `job-discard:${id}`, at: now, actor: login, action: "job.discard", target },
    ]);
    return true;
  });
}
