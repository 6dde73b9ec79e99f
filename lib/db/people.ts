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

/** A person with a session, and how many. */
export interface PersonWithSessions extends SignedIn {
  name: string | null;
  teamsReadAt: Date | null;
  sessions: number;
}

/** Who is signed in, by login. */
export async function listSessions(db: Db, now: Date): Promise<PersonWithSessions[]> {
  const alive = { expires: { gt: now } };
  const rows = await db.user.findMany({
    where: { sessions: { some: alive } },
    select: {
      ...{ id: true, login: true, name: true, forgeTeams: true, teamsReadAt: true },
      _count: { select: { sessions: { where: alive } } },
    },
    orderBy: { login: "asc" },
  });
  return rows.map(({ _count, ...person }) => ({ ...person, sessions: _count.sessions }));
}

/** One person with a session that is not over; null where there is none. */
export async function findSignedIn(db: Db, id: string, now: Date): Promise<SignedIn | null> {
  return db.user.findFirst({
    where: { id, sessions: { some: { expires: { gt: now } } } },
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
