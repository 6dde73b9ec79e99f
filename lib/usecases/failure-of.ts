import type { ChangeWorld } from "../changes/change-world.ts";
import { forgeFailure } from "../changes/forge-failure.ts";
import { fail, type Failure } from "../domain/result.ts";
import { ForgeError } from "../forge/forge.ts";
import { GitError } from "../git/run-git.ts";

/** What a person is told when the forge or git failed; any other error is a bug and is thrown on. */
export function failureOf(error: unknown, { repository }: Pick<ChangeWorld, "repository">): Failure {
  if (error instanceof ForgeError) return forgeFailure(error, repository.webUrl);
  if (error instanceof GitError)
    return fail("unavailable", "The fleet repository cannot be read now. Try again in a moment.");
  throw error;
}
