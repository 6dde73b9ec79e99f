import { z } from "zod";
import { discardDeadLetter } from "../../db/discard-dead-letter.ts";
import { can } from "../../domain/access/can.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { SettingsContext } from "./retry-job.ts";

const input = z.object({ id: z.uuid() });

/** Discards a job that failed for good: it is not tried again. Failures: `forbidden`, `invalid`, `conflict` where it is not dead any more. */
export async function discardJob(
  { actor, now, db }: SettingsContext,
  given: unknown,
): Promise<Result<{ id: string }>> {
  const verdict = can(actor, "discard-job", "settings");
  if (!verdict.yes) return fail("forbidden", verdict.reason);
  const parsed = input.safeParse(given);
  if (!parsed.success) return fail("invalid", "This is no job.");
  const { id } = parsed.data;
  const gone = await discardDeadLetter(db, id, { login: actor.login, now });
  return gone ? ok({ id }) : fail("conflict", "It is no longer dead. Nothing was changed.");
}
