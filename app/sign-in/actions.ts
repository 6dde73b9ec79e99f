"use server";

import { endAllSessions } from "@/lib/server/auth/end-all-sessions";
import { services } from "@/lib/server/services";
import { currentActor } from "@/lib/server/session";

/** Ends every session of whoever is signed in, this one included. */
export async function signOutEverywhere(): Promise<void> {
  const actor = await currentActor();
  if (actor) await endAllSessions({ db: services().db, now: new Date() }, actor);
}
