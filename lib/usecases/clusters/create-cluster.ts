import { ensureChange } from "../../changes/ensure-change.ts";
import { readChange } from "../../changes/read-change.ts";
import { runChecks } from "../../changes/checks/run-checks.ts";
import { whoOpens } from "../../changes/who-opens.ts";
import { findIntentByKey, planIntent, supersedeIntents, type IntentRow } from "../../db/intents.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { UseCaseContext } from "../context.ts";
import { failureOf } from "../failure-of.ts";
import { CreateClusterInput } from "./cluster-request-input.ts";
import { intentForCluster } from "./intent-for-cluster.ts";
import { planCluster } from "./plan-cluster.ts";

export interface CreatedChange {
  number: number;
  url: string;
}

/**
 * Asks for a cluster: one intent, one branch, one commit, one pull request per submission, however often it is sent.
 * Failures: `invalid` with a sentence per field, `forbidden`, `conflict`, and what the forge answers.
 */
export async function createCluster(ctx: UseCaseContext, input: unknown): Promise<Result<CreatedChange>> {
  const parsed = CreateClusterInput.safeParse(input);
  if (!parsed.success) return fail("invalid", parsed.error.issues[0]?.message ?? "The form cannot be read.");
  try {
    const known = await findIntentByKey(ctx.world.db, parsed.data.idempotencyKey);
    if (known) return await finish(ctx, known);
    const planned = await planCluster(ctx, parsed.data);
    if (!planned.ok) return planned;
    const { verdict } = planned.value;
    if (Object.keys(verdict.errors).length > 0) {
      const count = Object.keys(verdict.errors).length;
      const message = `Nothing was sent: ${count === 1 ? "one field needs" : `${String(count)} fields need`} your attention.`;
      return fail("invalid", message, { fieldErrors: prefixed(verdict.errors) });
    }
    const intent = await planIntent(ctx.world.db, intentForCluster(ctx, parsed.data, planned.value));
    await supersedeIntents(ctx.world.db, intent);
    return await finish(ctx, intent);
  } catch (error) {
    return failureOf(error, ctx.world);
  }
}

const prefixed = (errors: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(errors).map(([path, sentence]) => [`parameters.${path}`, sentence]));

async function finish(
  { world, asPerson, actor }: UseCaseContext,
  intent: IntentRow,
): Promise<Result<CreatedChange>> {
  if (intent.login !== actor.login)
    return fail("forbidden", "This form was sent by somebody else; open a new one.");
  if (intent.state === "failed") {
    return fail("conflict", `${intent.error ?? "The request failed"} Open the form again to ask anew.`);
  }
  const { forge } = await whoOpens(asPerson, world.asApp);
  const done = await ensureChange({ ...world, intent, forge });
  if (!done.ok) return done;
  await showAtOnce(world, done.value.number);
  return ok(done.value);
}

/** The page must find the change when the person gets there; the engine would see it a moment later anyway. */
async function showAtOnce(world: UseCaseContext["world"], number: number): Promise<void> {
  try {
    const change = await readChange(world, number);
    if (change?.state === "open")
      void runChecks(world, change).catch((error: unknown) => warn(world, number, error));
  } catch (error) {
    warn(world, number, error);
  }
}

const warn = (world: UseCaseContext["world"], number: number, error: unknown): void => {
  world.log.warn({ error: String(error), change: number }, "a new change could not be read back at once");
};
