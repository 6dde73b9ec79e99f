import { z } from "zod";
import { createAsks } from "../../db/asks.ts";
import { findFluxTargets } from "../../db/flux-targets.ts";
import { can } from "../../domain/access/can.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { ReconciliationContext } from "./context.ts";
import { runAsks } from "./run-asks.ts";

const input = z.object({ id: z.uuid(), verb: z.enum(["object", "events"]) });

/**
 * What an API server says of an object at this moment: the object without what may be secret, or its events. Failures:
 * `not-found`, also where another team's; `unavailable` where the API server or the engine does not answer.
 */
export async function lookAtObject(
  { db, actor, waitMs }: ReconciliationContext,
  given: unknown,
): Promise<Result<unknown>> {
  const parsed = input.safeParse(given);
  if (!parsed.success) return fail("invalid", "This is no object.");
  const [found] = await findFluxTargets(db, [parsed.data.id]);
  if (!found || !can(actor, "see-object", found).yes)
    return fail("not-found", "There is no such object, or it belongs to another team.");
  const { managementClusterId, home, clusterId, target } = found;
  const ids = await createAsks(db, [
    {
      managementClusterId,
      clusterId: home === "workload" ? clusterId : null,
      verb: parsed.data.verb,
      target,
      login: actor.login,
    },
  ]);
  const [ask] = await runAsks(db, ids, waitMs);
  if (ask?.state === "done") return ok(ask.answer);
  return fail(
    "unavailable",
    ask?.error ?? "The engine did not answer in time; it may be starting. Try again.",
  );
}
