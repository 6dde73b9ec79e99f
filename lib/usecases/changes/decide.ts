import { findChangeRecord, type ChangeRecord } from "../../db/changes.ts";
import { can, type ChangeVerb } from "../../domain/access/can.ts";
import { fail, type Result } from "../../domain/result.ts";
import type { PullRequestDetail } from "../../forge/forge.ts";
import type { UseCaseContext } from "../context.ts";
import { failureOf } from "../failure-of.ts";
import { DecisionInput } from "./decision-input.ts";

/** A decision that may be taken: our record, and the pull request as the person's own account sees it now. */
export interface Decision {
  input: DecisionInput;
  change: ChangeRecord;
  pull: PullRequestDetail;
}

export interface Decided {
  number: number;
  /** What came of it, for the toast. */
  sentence: string;
}

const pastTense = { open: "open", merged: "merged already", closed: "closed" } as const;

/**
 * The frame of every decision: parse, authorise, look at the forge again (head moved? closed meanwhile?), act, and
 * turn what the forge refuses into a sentence. A change outside the person's scope is not found, as if it were not.
 */
export async function decide(
  ctx: UseCaseContext,
  raw: unknown,
  verbs: readonly ChangeVerb[],
  act: (decision: Decision) => Promise<Result<Decided>>,
): Promise<Result<Decided>> {
  const parsed = DecisionInput.safeParse(raw);
  if (!parsed.success)
    return fail("invalid", parsed.error.issues[0]?.message ?? "The request cannot be read.");
  const input = parsed.data;
  const { actor, world, asPerson } = ctx;
  try {
    const change = await findChangeRecord(world.db, world.repository.id, input.number);
    if (!change || !can(actor, "see", change).yes) {
      return fail("not-found", `There is no change #${String(input.number)}.`);
    }
    for (const verb of verbs) {
      const verdict = can(actor, verb, change);
      if (!verdict.yes) return fail(change.state === "open" ? "forbidden" : "conflict", verdict.reason);
    }
    const pull = await asPerson.findPullRequest(input.number);
    if (!pull) return fail("not-found", `The forge does not show #${String(input.number)} to you.`);
    if (pull.state !== "open")
      return fail("conflict", `#${String(input.number)} is ${pastTense[pull.state]}.`);
    if (pull.headSha !== input.headSha) return fail("conflict", headMoved(input.number));
    return await act({ input, change, pull });
  } catch (error) {
    return failureOf(error, world);
  }
}

/** What a person reads when somebody pushed after the page was loaded. */
const headMoved = (number: number): string =>
  `Somebody pushed to #${String(number)} after you loaded this page. Read it again, then decide.`;
