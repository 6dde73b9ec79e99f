import { failureResponse, unreadResponse } from "@/lib/server/api";
import { live } from "@/lib/server/live/live";
import { openStream } from "@/lib/server/live/stream";
import { actorOfSession, findReadContext } from "@/lib/server/session";

export const dynamic = "force-dynamic";

/** Server-sent events: `{topic, id}` of what to read again. */
export async function GET(request: Request): Promise<Response> {
  const ctx = await findReadContext().catch(unreadResponse);
  if (ctx instanceof Response) return ctx;
  if (ctx === "signed-out") return failureResponse("unauthenticated", "You are signed out. Sign in again.");
  if (ctx === "no-role") return failureResponse("forbidden", "You have no role in this fleet.");
  return openStream(live().hub, ctx.actor, { request, findActor: actorOfSession(request) });
}
