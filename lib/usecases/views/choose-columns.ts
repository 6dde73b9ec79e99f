import { z } from "zod";
import { setPreference } from "../../db/preferences.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { ViewsContext } from "./context.ts";

const input = z.object({ columns: z.array(z.string().regex(/^[a-z]{1,20}$/)).max(30) });

/** Remembers which columns of the cluster list a person wants to see. Failure: `invalid`. */
export async function chooseColumns({ actor, db }: ViewsContext, given: unknown): Promise<Result<null>> {
  const parsed = input.safeParse(given);
  if (!parsed.success) return fail("invalid", "These are no columns.");
  await setPreference(db, actor.userId, "clusters.columns", parsed.data.columns);
  return ok(null);
}
