import { z } from "zod";
import { countViews, saveView } from "../../db/saved-views.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { ViewsContext } from "./context.ts";

const most = 100;

const input = z.object({
  page: z.enum(["clusters", "reconciliation"]),
  name: z.string().trim().min(1).max(60),
  team: z.string().max(63).nullable(),
  /** Query string without "?"; shown as a link of the page only, so it leads nowhere else. */
  search: z
    .string()
    .max(2_000)
    .regex(/^[\x20-\x7e]*$/),
});

/** Keeps a filter under a name, for oneself or one's team. Failures: `invalid`, `forbidden`. */
export async function keepView({ actor, db }: ViewsContext, given: unknown): Promise<Result<{ id: string }>> {
  if (actor.roles.length === 0) return fail("forbidden", "You have no role in this fleet.");
  const parsed = input.safeParse(given);
  if (!parsed.success) return fail("invalid", "A view needs a name of 1 to 60 characters.");
  const { team } = parsed.data;
  const anyTeam = actor.roles.includes("platform-engineer");
  if (team !== null && !anyTeam && !actor.teams.includes(team))
    return fail("forbidden", `You are not in the team ${team}; keep the view for yourself.`);
  if ((await countViews(db, actor.login)) >= most)
    return fail("invalid", `You keep ${String(most)} views already; delete one first.`);
  return ok({ id: await saveView(db, { ...parsed.data, login: actor.login }) });
}
