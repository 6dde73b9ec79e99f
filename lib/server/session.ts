import { getServerSession, type NextAuthOptions } from "next-auth";
import { redirect } from "next/navigation";
import type { Actor } from "../domain/access/actor.ts";
import type { ReadContext } from "../queries/context.ts";
import { findActor } from "./actor.ts";
import { authAdapter } from "./auth/adapter.ts";
import { loudAdapter } from "./auth/loud-adapter.ts";
import { authOptions } from "./auth/options.ts";
import { DatabaseAway } from "./database-away.ts";
import { findSessionUser } from "../db/sessions.ts";
import { hashToken } from "./seal.ts";
import { services } from "./services.ts";

/** Who asks, by the session cookie; null when signed out. Throws {@link DatabaseAway} where that cannot be known. */
export async function currentActor(): Promise<Actor | null> {
  const { db, seal } = services();
  const { adapter, failure } = loudAdapter(authAdapter(db, seal));
  const options: NextAuthOptions = { ...authOptions(), adapter };
  const session = await getServerSession<NextAuthOptions, { userId?: string }>(options);
  if (session?.userId) return findActor(session.userId).catch(throwAway);
  const cause = failure();
  return cause === undefined ? null : throwAway(cause);
}

function throwAway(cause: unknown): never {
  throw new DatabaseAway(cause);
}

/** Asks again later who a request's session belongs to, outside of the request; null once it is revoked or over. */
export function actorOfSession(request: Request): () => Promise<Actor | null> {
  const cookie = /(?:^|;\s*)(?:__Secure-)?next-auth\.session-token=([^;]+)/.exec(
    request.headers.get("cookie") ?? "",
  );
  const token = decodeURIComponent(cookie?.[1] ?? "");
  return async () => {
    const userId = await findSessionUser(services().db, hashToken(token), new Date());
    return userId === null ? null : findActor(userId);
  };
}

function contextOf(actor: Actor): ReadContext {
  const { db, clock, env } = services();
  return { db, actor, now: clock.now(), forgeUrl: env.FORGE_URL };
}

/** Context of a page's queries. Signed-out people are sent to the sign-in page, those without a role to a page that says so. */
export async function readContext(): Promise<ReadContext> {
  const actor = await currentActor();
  if (!actor) redirect("/sign-in");
  if (actor.roles.length === 0) redirect("/no-access");
  return contextOf(actor);
}

/** The same for route handlers: null when signed out or without a role. */
export async function findReadContext(): Promise<ReadContext | "signed-out" | "no-role"> {
  const actor = await currentActor();
  if (!actor) return "signed-out";
  return actor.roles.length === 0 ? "no-role" : contextOf(actor);
}
