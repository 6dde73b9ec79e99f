import { setTimeout as sleep } from "node:timers/promises";
import type { ChangeCheckData } from "../../db/changes.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import { ForgeError, type MergeMethod } from "../../forge/forge.ts";
import type { MergeRefusal } from "../../forge/merge-refusal.ts";
import { readChange } from "../../changes/read-change.ts";
import type { UseCaseContext } from "../context.ts";
import { missingChecks } from "./missing-checks.ts";
import { refusalSentence } from "./refusal-sentence.ts";
import type { Decided, Decision } from "./decide.ts";
import { refreshChange, showAfterwards } from "./refresh-change.ts";

/** Recomputes our checks for this head and base, then merges with the head the person saw. */
export async function mergeAs(ctx: UseCaseContext, decision: Decision): Promise<Result<Decided>> {
  const { number } = decision.input;
  // Somebody may have merged another one since the last pass: the checks must be of the base as it is now.
  await ctx.world.mirror.fetch();
  const { change, checks } = await refreshChange(ctx, number);
  if (change?.state === "merged") return ok({ number, sentence: `#${String(number)} is merged already.` });
  if (!checks)
    return fail("unavailable", "Fleetwright's checks were not written in time. Try again in a moment.", {
      retryAfterSeconds: 10,
    });
  const missing = missingChecks(checks);
  if (missing !== null) return fail("conflict", missing);
  const refusal = await attempt(ctx, decision);
  if (refusal === null) {
    await showAfterwards(ctx, number);
    return ok({ number, sentence: `You merged #${String(number)}.` });
  }
  await readChange(ctx.world, number);
  return explain(ctx, decision, refusal, checks);
}

/** Base moved, or mergeability not computed yet: the two answers that another try may change (forge-reference §2.3). */
const worthAnotherTry: readonly MergeRefusal["kind"][] = ["base-moved", "not-mergeable"];
const tries = 3;

async function attempt(ctx: UseCaseContext, { input, change }: Decision): Promise<MergeRefusal | null> {
  const { asPerson } = ctx;
  const [method = "merge"]: MergeMethod[] = (await asPerson.repository()).mergeMethods;
  const title = `${change.title} (#${String(input.number)})`;
  const message = change.requestedBy === null ? "" : `Requested-by: ${change.requestedBy}`;
  for (let count = 1; ; count += 1) {
    const wanted = { headSha: input.headSha, method, title, message };
    const outcome = await asPerson.merge(input.number, wanted).catch(openEnd(input.number));
    if (outcome.merged) return null;
    if (!worthAnotherTry.includes(outcome.refusal.kind) || count === tries) return outcome.refusal;
    const pull = await asPerson.findPullRequest(input.number);
    if (pull?.state === "merged") return null;
    if (pull?.state === "closed" || pull?.mergeable === false) return outcome.refusal;
    await sleep(300 * count + Math.random() * 300);
  }
}

/** A merge without an answer may have happened; the next look, or the engine, knows. */
const openEnd =
  (number: number) =>
  (error: unknown): never => {
    if (!(error instanceof ForgeError) || error.code !== "unavailable") throw error;
    const message = `${error.message} Whether #${String(number)} was merged is not known yet: this page says so as soon as the forge answers.`;
    throw new ForgeError(error.code, message, { status: error.status, details: error.details, cause: error });
  };

async function explain(
  ctx: UseCaseContext,
  { input }: Decision,
  refusal: MergeRefusal,
  checks: readonly ChangeCheckData[],
): Promise<Result<Decided>> {
  if (refusal.kind === "not-mergeable") {
    const pull = await ctx.asPerson.findPullRequest(input.number);
    if (pull?.state === "merged")
      return ok({ number: input.number, sentence: `#${String(input.number)} is merged already.` });
    if (pull?.state === "closed") return fail("conflict", `#${String(input.number)} was closed meanwhile.`);
    if (pull?.mergeable === false)
      return fail("conflict", refusalSentence({ kind: "conflict" }, input.number, checks));
  }
  const code = refusal.kind === "push-restricted" ? "forbidden" : "conflict";
  return fail(code, refusalSentence(refusal, input.number, checks));
}
