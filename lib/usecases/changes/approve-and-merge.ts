import type { Result } from "../../domain/result.ts";
import type { UseCaseContext } from "../context.ts";
import { failureOf } from "../failure-of.ts";
import { decide, type Decided } from "./decide.ts";
import { mergeAs } from "./merge-as.ts";
import { reviewAs } from "./review-as.ts";

/**
 * Approves and merges as the person (decisions §1). Where the merge is not possible yet it stops at "approved" and the
 * failure says what is missing.
 */
export async function approveAndMerge(ctx: UseCaseContext, input: unknown): Promise<Result<Decided>> {
  return decide(ctx, input, ["approve", "merge"], async (decision) => {
    const review = await reviewAs(ctx, decision, "approve");
    if (!review.ok) return review;
    try {
      const merged = await mergeAs(ctx, decision);
      if (merged.ok) return merged;
      return { ...merged, message: `You approved it, but it is not merged. ${merged.message}` };
    } catch (error) {
      const failure = failureOf(error, ctx.world);
      return { ...failure, message: `You approved it. ${failure.message}` };
    }
  });
}
