import { z } from "zod";
import { revokeSessions } from "../../db/sessions.ts";
import { services } from "../services.ts";
import { readTeamsAnew } from "./teams.ts";

const payload = z.looseObject({
  action: z.string().optional(),
  member: z.looseObject({ login: z.string() }).optional(),
  membership: z.looseObject({ user: z.looseObject({ login: z.string() }) }).optional(),
  sender: z.looseObject({ login: z.string() }).optional(),
});

/** What a delivery says about people: whose rights to read again (null: everybody's), or whose grant is gone. */
export type MembershipNews = { kind: "rights"; login: string | null } | { kind: "revoked"; login: string };

/**
 * Reads it out of a genuine delivery; null where it is about something else. A `team` that is removed or
 * renamed names no members, so everybody is meant.
 */
export function membershipNews(event: string | null, body: unknown): MembershipNews | null {
  const parsed = payload.safeParse(body);
  if (!parsed.success) return null;
  const { action, member, membership, sender } = parsed.data;
  if (event === "github_app_authorization" && action === "revoked" && sender)
    return { kind: "revoked", login: sender.login };
  if (event === "membership" || event === "member") return { kind: "rights", login: member?.login ?? null };
  if (event === "organization") return { kind: "rights", login: membership?.user.login ?? null };
  return event === "team" ? { kind: "rights", login: null } : null;
}

/** Acts on it at once, for those who are signed in; who is not is read at his next sign-in. */
export async function heedMembershipNews({ kind, login }: MembershipNews): Promise<void> {
  const { db, log } = services();
  const people = await db.user.findMany({
    where: {
      sessions: { some: { expires: { gt: new Date() } } },
      ...(login === null ? {} : { login: { equals: login, mode: "insensitive" as const } }),
    },
    select: { id: true },
  });
  for (const { id } of people) {
    if (kind === "revoked") await revokeSessions(db, { userId: id });
    else
      await readTeamsAnew(id).catch((error: unknown) => {
        log.warn({ err: error, userId: id }, "could not read a person's teams after a change of memberships");
      });
  }
}
