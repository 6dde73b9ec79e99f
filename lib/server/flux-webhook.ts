import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { beginDelivery, endDelivery } from "../db/deliveries.ts";
import { sendNotification } from "../db/send-notification.ts";
import type { Db } from "../db/client.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { lookTopic } from "./look-topic.ts";

const event = z.looseObject({
  involvedObject: z.looseObject({ kind: z.string(), uid: z.string() }),
  reason: z.string(),
  timestamp: z.string(),
  metadata: z.record(z.string(), z.string()).nullish(),
});

/** `X-Signature: sha256=<hex HMAC of the raw body>`, compared in constant time (gitops-reference §7). */
function isGenuine(rawBody: string, signature: string, secret: string): boolean {
  const wanted = Buffer.from(`sha256=${createHmac("sha256", secret).update(rawBody).digest("hex")}`);
  const given = Buffer.from(signature);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/**
 * Takes one event of a Provider `generic-hmac`. It is a hint, never state: the leading engine looks again. Events
 * have no delivery id, so each is known by object, reason, revision and time, and a replay is swallowed. Failures:
 * `unauthenticated` for a wrong signature, `invalid` for a body that is no event.
 */
export async function takeFluxEvent(
  { db, secret, now }: { db: Db; secret: string; now: Date },
  { rawBody, signature }: { rawBody: string; signature: string | null },
): Promise<Result<{ again: boolean }>> {
  if (signature === null || !isGenuine(rawBody, signature, secret))
    return fail("unauthenticated", "The signature does not match the webhook secret.");
  const parsed = event.safeParse(parseJson(rawBody));
  if (!parsed.success) return fail("invalid", "The body is not a Flux event.");
  const { involvedObject, reason, timestamp, metadata } = parsed.data;
  const facts = [involvedObject.uid, reason, metadata?.["revision"] ?? "", timestamp];
  const guid = `flux-${createHash("sha256").update(JSON.stringify(facts)).digest("hex")}`;
  const isNew = await beginDelivery(db, { guid, source: "flux", event: involvedObject.kind });
  if (!isNew) return ok({ again: true });
  await sendNotification(db, { topic: lookTopic, id: "" });
  await endDelivery(db, guid, now);
  return ok({ again: false });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
