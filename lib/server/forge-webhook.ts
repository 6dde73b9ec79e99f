import { sendNotification } from "../db/send-notification.ts";
import { handleForgeWebhook } from "../engine/changes/handle-forge-webhook.ts";
import { failureResponse } from "./api.ts";
import { lookTopic } from "./look-topic.ts";
import { readBody } from "./read-body.ts";
import { services } from "./services.ts";

/** GitHub's own limit for a delivery. */
const maxBytes = 25 * 1024 * 1024;

/** Checks and notes one delivery, and asks the leading engine to look again. */
export async function takeForgeWebhook(request: Request): Promise<Response> {
  const { env, db, clock, log } = services();
  if (!env.GITHUB_WEBHOOK_SECRET)
    return failureResponse("not-found", "No webhook secret is configured; the portal polls.");
  try {
    const rawBody = await readBody(request, maxBytes);
    if (rawBody === null) return failureResponse("invalid", "A delivery is at most 25 MB.");
    const result = await handleForgeWebhook(
      {
        db,
        secret: env.GITHUB_WEBHOOK_SECRET,
        appId: env.GITHUB_APP_ID ?? null,
        now: () => clock.now(),
        look: (number) =>
          sendNotification(db, { topic: lookTopic, id: number === undefined ? "" : String(number) }),
      },
      { headers: Object.fromEntries(request.headers), rawBody },
    );
    if (!result.ok) return failureResponse(result.code, result.message);
    return Response.json({ again: result.value.again }, { status: 202 });
  } catch (error) {
    log.error({ err: error }, "a delivery could not be noted");
    return failureResponse("unavailable", "The delivery could not be noted; redeliver it later.");
  }
}
