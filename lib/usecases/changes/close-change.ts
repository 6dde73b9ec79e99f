import { appendAudit } from "../../db/audit.ts";
import { ok, type Failure, type Result } from "../../domain/result.ts";
import type { UseCaseContext } from "../context.ts";
import { failureOf } from "../failure-of.ts";
import { decide, type Decided } from "./decide.ts";
import { showAfterwards } from "./refresh-change.ts";

/** Closes a pull request as the person, with his reason as a comment. What people closed is never reopened by us. */
export async function closeChange(ctx: UseCaseContext, input: unknown): Promise<Result<Decided>> {
  return decide(ctx, input, ["close"], async ({ input: { number, comment = "" }, change }) => {
    const { asPerson, world, actor, now } = ctx;
    const closed = await asPerson.updatePullRequest(number, { state: "closed" });
    // First ours, which knows who: the one that is only seen later has the same key.
    const closedAt = new Date(closed.closedAt ?? now);
    await appendAudit(world.db, [
      {
        key: `close:${String(number)}:${closedAt.toISOString()}`,
        at: closedAt,
        actor: actor.login,
        action: "change.close",
        target: `#${String(number)} ${change.title}`,
        team: change.teams[0] ?? null,
        change: number,
      },
    ]);
    // Last: sent again after a failed closing, it would stand there twice.
    const unsaid = comment.trim() === "" ? null : await say(ctx, number, comment.trim());
    await showAfterwards(ctx, number);
    if (unsaid !== null) return unsaid;
    return ok({ number, sentence: `You closed #${String(number)}.` });
  });
}

async function say(
  { asPerson, world }: UseCaseContext,
  number: number,
  text: string,
): Promise<Failure | null> {
  try {
    await asPerson.comment(number, text);
    return null;
  } catch (error) {
    const failure = failureOf(error, world);
    return {
      ...failure,
      message: `You closed #${String(number)}, but your reason was not written there. ${failure.message}`,
    };
  }
}
