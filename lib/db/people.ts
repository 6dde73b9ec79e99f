import type { Db } from "./client.ts";
import { sendNotification } from "./send-notification.ts";
import { rightsTopic } from "./sessions.ts";

export interface SignedIn {
  id: string;
  login: string;
  forgeTeams: string[];
}

/** People with a session that is not over. */
export async function listSignedIn(db: Db, now: Date): Promise<SignedIn[]> {
  return db.user.findMany({
    where: { sessions: { some: { expires: { gt: now } } } },
    select: { id: true, login: true, forgeTeams: true },
  });
}

/** Takes teams from a person and has every process look at his rights anew. */
export async function takeTeams(db: Db, person: SignedIn, gone: readonly string[]): Promise<void> {
  await db.user.update({
    where: { id: person.id },
    data: { forgeTeams: person.forgeTeams.filter((team) => !gone.includes(team)) },
  });
  await sendNotification(db, { topic: rightsTopic, id: person.id });
}
