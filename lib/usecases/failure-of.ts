import type { ChangeWorld } from "../changes/change-world.ts";
import { forgeFailure } from "../changes/forge-failure.ts";
import { isDatabaseGone } from "../db/is-database-gone.ts";
import { fail, type Failure } from "../domain/result.ts";
import { ForgeError } from "../forge/forge.ts";
import { GitError } from "../git/run-git.ts";

/** What a person is told when the forge, git or the database failed; any other error is a bug and is thrown on. */
export function failureOf(
  error: unknown,
  { repository }: { repository: Pick<ChangeWorld["repository"], "webUrl"> },
): Failure {
  if (error instanceof ForgeError) return forgeFailure(error, repository.webUrl);
  if (error instanceof GitError)
    return fail("unavailable", "The fleet repository cannot be read now. Try again in a moment.");
  if (isDatabaseGone(error))
    return fail(
      "unavailable",
      "Fleetwright's database cannot be reached now. Try again in a moment: nothing is done twice.",
    );
  throw error;
}
