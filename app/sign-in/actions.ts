"use server";

import { endOwnSessions } from "@/lib/server/auth/end-own-sessions";

/** Ends every session of whoever is signed in, this one included. */
export async function signOutEverywhere(): Promise<void> {
  await endOwnSessions();
}
