import { notedHead, saveVerification } from "../../db/audit-verifications.ts";
import { verifyAudit } from "../../db/audit-verify.ts";
import type { Db } from "../../db/client.ts";

interface Logger {
  error(fields: object, message: string): void;
}

/** At most so many sentences are kept: one wrong row makes all after it wrong. */
const mostBreaks = 20;

/**
 * Verifies the audit trail against the head of the time before and keeps the verdict. A broken chain is a verdict, not
 * a failure: trying again would not mend it.
 */
export async function verifyTrail(
  { db, log }: { db: Db; log: Logger },
  now: Date,
): Promise<{ rows: number; whole: boolean; head: string }> {
  const { breaks, rows, head } = await verifyAudit(db, await notedHead(db));
  if (breaks.length > 0) log.error({ breaks: breaks.slice(0, mostBreaks) }, "the audit trail does not hold");
  await saveVerification(db, { at: now, rows, head, breaks: breaks.slice(0, mostBreaks) });
  return { rows, whole: breaks.length === 0, head };
}
