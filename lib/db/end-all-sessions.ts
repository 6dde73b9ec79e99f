import { appendAudit } from "./audit.ts";
import type { Db } from "./client.ts";
import { revokeSessions } from "./sessions.ts";

/**
 * Signs a person out of every browser: written down first, then in force in every process at once, open streams
 * included. `by` is the login of who does it, himself or a platform engineer. Returns how many sessions there were.
 */
export async function endAllSessions(
  { db, now, by }: { db: Db; now: Date; by: string },
  { userId, login }: { userId: string; login: string },
): Promise<number> {
  const sessions = await db.session.count({ where: { userId } });
  await appendAudit(db, [
    {
      key: `session.revoke:${userId}:${now.toISOString()}`,
      at: now,
      actor: by,
      action: "session.revoke",
      target: `all sessions of ${login}`,
      detail: { sessions },
    },
  ]);
  return revokeSessions(db, { userId });
}
