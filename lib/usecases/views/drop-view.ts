import { z } from "zod";
import { deleteView, findView } from "../../db/saved-views.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { ViewsContext } from "./context.ts";

const input = z.object({ id: z.uuid() });

/** Deletes a view: one's own, or as a platform engineer anybody's that a team sees. Failure: `not-found`. */
export async function dropView({ actor, db }: ViewsContext, given: unknown): Promise<Result<{ id: string }>> {
  const parsed = input.safeParse(given);
  const view = parsed.success ? await findView(db, parsed.data.id) : null;
  const may =
    view !== null &&
    (view.login === actor.login || (view.team !== null && actor.roles.includes("platform-engineer")));
  if (!may) return fail("not-found", "There is no such view, or it is somebody else's.");
  await deleteView(db, view.id);
  return ok({ id: view.id });
}
