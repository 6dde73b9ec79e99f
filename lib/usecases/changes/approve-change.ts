import { ok, type Result } from "../../domain/result.ts";
import type { UseCaseContext } from "../context.ts";
import { decide, type Decided } from "./decide.ts";
import { showAfterwards } from "./refresh-change.ts";
import { reviewAs } from "./review-as.ts";

/** Approves as the person, without merging. Refused for author and requester, in words. */
export async function approveChange(ctx: UseCaseContext, input: unknown): Promise<Result<Decided>> {
  return decide(ctx, input, ["approve"], async (decision) => {
    const review = await reviewAs(ctx, decision, "approve");
    if (!review.ok) return review;
    const { number } = decision.input;
    await showAfterwards(ctx, number);
    return ok({ number, sentence: `You approved #${String(number)}.` });
  });
}
