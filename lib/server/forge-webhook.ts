import { sendNotification } from "../db/send-notification.ts";
import { handleForgeWebhook } from "../engine/changes/handle-forge-webhook.ts";
import { failureResponse } from "./api.ts";
import { heedMembershipNews, membershipNews } from "./auth/membership-news.ts";
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
    const news = result.value.again
      ? null
      : membershipNews(request.headers.get("x-github-event"), bodyOf(request, rawBody));
    // The forge waits ten seconds for an answer, and asks nothing of what we do with it.
    if (news) {
      heedMembershipNews(news).catch((error: unknown) => {
        log.error(
          { err: error },
          "a change of memberships was not heeded; rights are read again within a minute",
        );
      });
    }
    return Response.json({ again: result.value.again }, { status: 202 });
  } catch (error) {
    log.error({ err: error }, "a delivery could not be noted");
    return failureResponse("unavailable", "The delivery could not be noted; redeliver it later.");
  }
}

/** The payload of a delivery that was found genuine, whichever content type the hook has. */
function bodyOf(request: Request, rawBody: string): unknown {
  const isForm = request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded");
  return JSON.parse(isForm ? (new URLSearchParams(rawBody).get("payload") ?? "null") : rawBody);
}
