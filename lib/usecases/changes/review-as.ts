import { fail, ok, type Result } from "../../domain/result.ts";
import { ForgeError, type ReviewEvent } from "../../forge/forge.ts";
import type { UseCaseContext } from "../context.ts";
import type { Decision } from "./decide.ts";

/** Posts the person's review on the head he saw; an approval he gave already is not given twice. */
export async function reviewAs(
  ctx: UseCaseContext,
  { input, change }: Decision,
  event: ReviewEvent,
): Promise<Result<null>> {
  const { actor, asPerson } = ctx;
  const body = input.comment?.trim() ?? "";
  if (event === "approve") {
    const mine = change.reviews.filter(
      ({ login, state }) => login.toLowerCase() === actor.login.toLowerCase() && state !== "commented",
    );
    const last = mine.at(-1);
    if (last?.state === "approved" && last.commitSha === input.headSha) return ok(null);
  }
  try {
    await asPerson.review(input.number, { event, body, headSha: input.headSha });
    return ok(null);
  } catch (error) {
    if (!(error instanceof ForgeError) || error.status !== 422) throw error;
    if (error.says("your own pull request")) {
      return fail("forbidden", "You opened this pull request, so the forge wants somebody else's review.");
    }
    return fail(
      "invalid",
      `The forge did not take the review: ${error.details.slice(1).join("; ") || error.message}`,
    );
  }
}
