import type { Db } from "./client.ts";
import { sendNotification } from "./send-notification.ts";

/** Topic that tells every process that sessions or rights of people changed: open streams look again. */
export const rightsTopic = "rights";

/** Whose session this is, by the hash of its token; null where it was revoked or is over. */
export async function findSessionUser(db: Db, tokenHash: string, now: Date): Promise<string | null> {
  const row = await db.session.findUnique({ where: { sessionToken: tokenHash } });
  return row && row.expires > now ? row.userId : null;
}

/** Ends sessions, one or all of a person, in every process at once. Returns how many there were. */
export async function revokeSessions(
  db: Db,
  which: { sessionToken: string } | { userId: string },
): Promise<number> {
  const { count } = await db.session.deleteMany({ where: which });
  if (count > 0) await sendNotification(db, { topic: rightsTopic, id: "" });
  return count;
}
