import { appendAudit } from "../../db/audit.ts";
import { readChange } from "../../changes/read-change.ts";
import { ok, type Result } from "../../domain/result.ts";
import type { UseCaseContext } from "../context.ts";
import { decide, type Decided } from "./decide.ts";

/** Closes a pull request as the person, with his reason as a comment. What people closed is never reopened by us. */
export async function closeChange(ctx: UseCaseContext, input: unknown): Promise<Result<Decided>> {
  return decide(ctx, input, ["close"], async ({ input: { number, comment = "" }, change }) => {
    const { asPerson, world, actor, now } = ctx;
    if (comment.trim() !== "") await asPerson.comment(number, comment.trim());
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
    await readChange(world, number);
    return ok({ number, sentence: `You closed #${String(number)}.` });
  });
}
