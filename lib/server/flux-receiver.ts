import { failureResponse } from "./api.ts";
import { takeFluxEvent } from "./flux-webhook.ts";
import { readBody } from "./read-body.ts";
import { services } from "./services.ts";

/** Messages are at most 39,000 characters; the rest is small. */
const maxBytes = 1024 * 1024;

/** Answers the notification-controller: 202 when noted, so that it tries again otherwise. */
export async function answerFluxEvent(request: Request): Promise<Response> {
  const { env, db, clock, log } = services();
  if (!env.FLUX_WEBHOOK_SECRET)
    return failureResponse("not-found", "No secret for Flux events is configured; the portal watches.");
  try {
    const rawBody = await readBody(request, maxBytes);
    if (rawBody === null) return failureResponse("invalid", "An event is at most 1 MB.");
    const result = await takeFluxEvent(
      { db, secret: env.FLUX_WEBHOOK_SECRET, now: clock.now() },
      { rawBody, signature: request.headers.get("x-signature") },
    );
    if (!result.ok) return failureResponse(result.code, result.message);
    return Response.json({ again: result.value.again }, { status: 202 });
  } catch (error) {
    log.error({ err: error }, "an event of Flux could not be noted");
    return failureResponse("unavailable", "The event could not be noted; send it again later.");
  }
}
