import { appendAudit } from "../../db/audit.ts";
import type { Db } from "../../db/client.ts";
import { revokeSessions } from "../../db/sessions.ts";
import type { Actor } from "../../domain/access/actor.ts";

/** Signs a person out of every browser, this one included: written down first, then in force in every process at once. */
export async function endAllSessions(
  { db, now }: { db: Db; now: Date },
  { userId, login }: Pick<Actor, "userId" | "login">,
): Promise<number> {
  const sessions = await db.session.count({ where: { userId } });
  await appendAudit(db, [
    {
      key: `session.revoke:${userId}:${now.toISOString()}`,
      at: now,
      actor: login,
      action: "session.revoke",
      target: `all sessions of ${login}`,
      detail: { sessions },
    },
  ]);
  return revokeSessions(db, { userId });
}
