import { services } from "../services.ts";
import { userToken } from "./tokens.ts";

const maxAgeMs = 60_000;
const reading = new Map<string, Promise<void>>();

/** Asks the forge, as the person, which of the organisation's teams he is in, and keeps the answer. */
export function readTeams(userId: string): Promise<void> {
  const running = reading.get(userId);
  if (running) return running;
  const work = (async () => {
    const { db, seal, env, asPerson } = services();
    const token = await userToken(db, seal, env, userId);
    const forgeTeams = await asPerson(token).teamsOfViewer();
    await db.user.update({ where: { id: userId }, data: { forgeTeams, teamsReadAt: new Date() } });
  })().finally(() => reading.delete(userId));
  reading.set(userId, work);
  return work;
}

/** Starts {@link readTeams} where the last answer is older than 60 s; a page never waits for it. */
export function refreshTeams(userId: string, readAt: Date | null): void {
  if (readAt && Date.now() - readAt.getTime() < maxAgeMs) return;
  readTeams(userId).catch((error: unknown) => {
    services().log.warn({ err: error, userId }, "could not read a person's teams; the last answer holds");
  });
}
