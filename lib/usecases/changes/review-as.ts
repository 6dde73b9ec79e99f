import { fail, ok, type Result } from "../../domain/result.ts";
import { ForgeError, type ReviewEvent } from "../../forge/forge.ts";
import type { UseCaseContext } from "../context.ts";
import type { Decision } from "./decide.ts";

const written = {
  approve: "approved",
  "request-changes": "changes-requested",
  comment: "commented",
} as const;
const given: ReadonlySet<string> = new Set(["approved", "changes-requested", "dismissed"]);

/** Posts the person's review on the head he saw; what he said last already is not said twice. */
export async function reviewAs(
  ctx: UseCaseContext,
  { input }: Decision,
  event: ReviewEvent,
): Promise<Result<null>> {
  const { actor, asPerson } = ctx;
  const body = input.comment?.trim() ?? "";
  // Asked of the forge: our own copy may be older than an answer that was lost.
  const mine = (await asPerson.reviews(input.number)).filter(
    ({ login, state }) => login.toLowerCase() === actor.login.toLowerCase() && given.has(state),
  );
  const last = mine.at(-1);
  const isSame = last?.state === written[event] && last.commitSha === input.headSha;
  if (isSame && (event === "approve" || last.body === body)) return ok(null);
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
