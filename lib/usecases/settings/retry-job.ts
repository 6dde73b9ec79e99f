import { z } from "zod";
import { retryDeadLetter } from "../../db/retry-dead-letter.ts";
import type { Db } from "../../db/client.ts";
import type { Actor } from "../../domain/access/actor.ts";
import { can } from "../../domain/access/can.ts";
import { fail, ok, type Result } from "../../domain/result.ts";

/** Nothing of the forge: a job may be dead because that does not answer. */
export interface SettingsContext {
  actor: Actor;
  now: Date;
  db: Db;
  /** Not through a transaction pooler. */
  databaseUrl: string;
}

const input = z.object({ id: z.uuid() });

/** Has a job that failed for good tried again. Failures: `forbidden`, `invalid`, `conflict` where it is not dead any more. */
export async function retryJob(
  { actor, now, db, databaseUrl }: SettingsContext,
  given: unknown,
): Promise<Result<{ id: string }>> {
  const verdict = can(actor, "retry-job", "settings");
  if (!verdict.yes) return fail("forbidden", verdict.reason);
  const parsed = input.safeParse(given);
  if (!parsed.success) return fail("invalid", "This is no job.");
  const { id } = parsed.data;
  const moved = await retryDeadLetter({ db, url: databaseUrl }, id, { login: actor.login, now });
  if (!moved) {
    return fail(
      "conflict",
      "It is no longer dead, or the same job waits or runs already. Nothing was changed.",
    );
  }
  return ok({ id });
}
