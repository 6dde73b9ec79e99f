import { fail, ok, type Result } from "../../domain/result.ts";
import type { UseCaseContext } from "../context.ts";
import { decide, type Decided } from "./decide.ts";
import { showAfterwards } from "./refresh-change.ts";
import { reviewAs } from "./review-as.ts";

/** Asks for changes as the person; says what should change. */
export async function requestChanges(ctx: UseCaseContext, input: unknown): Promise<Result<Decided>> {
  return decide(ctx, input, ["request-changes"], async (decision) => {
    const { number, comment = "" } = decision.input;
    if (comment.trim() === "") {
      return fail("invalid", "Say what should change.", {
        fieldErrors: { comment: "Say what should change." },
      });
    }
    const review = await reviewAs(ctx, decision, "request-changes");
    if (!review.ok) return review;
    await showAfterwards(ctx, number);
    return ok({ number, sentence: `You asked for changes on #${String(number)}.` });
  });
}
