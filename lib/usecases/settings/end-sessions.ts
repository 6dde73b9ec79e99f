import { z } from "zod";
import { endAllSessions } from "../../db/end-all-sessions.ts";
import { findSignedIn } from "../../db/people.ts";
import { can } from "../../domain/access/can.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { SettingsContext } from "./retry-job.ts";

const input = z.object({ userId: z.uuid() });

/**
 * Signs somebody out of every browser, at once in every replica. What he may do on the forge is not touched, and he
 * may sign in again while the forge lets him. Failures: `forbidden`, `invalid`, `conflict` where nobody is signed in.
 */
export async function endSessions(
  { actor, now, db }: Omit<SettingsContext, "databaseUrl">,
  given: unknown,
): Promise<Result<{ login: string; sessions: number }>> {
  const verdict = can(actor, "end-sessions", "settings");
  if (!verdict.yes) return fail("forbidden", verdict.reason);
  const parsed = input.safeParse(given);
  if (!parsed.success) return fail("invalid", "This is no person.");
  const person = await findSignedIn(db, parsed.data.userId, now);
  if (!person) return fail("conflict", "This person is not signed in any more. Nothing was changed.");
  const sessions = await endAllSessions(
    { db, now, by: actor.login },
    { userId: person.id, login: person.login },
  );
  return ok({ login: person.login, sessions });
}
