import { endAllSessions } from "../../db/end-all-sessions.ts";
import { services } from "../services.ts";
import { currentActor } from "../session.ts";

/** Ends every session of whoever is signed in, this one included. */
export async function endOwnSessions(): Promise<void> {
  const actor = await currentActor();
  if (actor) await endAllSessions({ db: services().db, now: new Date(), by: actor.login }, actor);
}
