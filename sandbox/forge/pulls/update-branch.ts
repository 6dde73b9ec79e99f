import { refMoved } from "../events/refs-moved.ts";
import { isAncestor, writeCommit } from "../git/commits.ts";
import { mergeTree } from "../git/merge.ts";
import { updateRef } from "../git/refs.ts";
import { ApiError } from "../http/api-error.ts";
import { signatureOf, webFlow } from "../shapes/identity.ts";
import type { Pull } from "../state/state.ts";
import type { World } from "../world.ts";

/**
 * Merges the base into the head, "Update branch". Called inside `world.writes`.
 * @throws ApiError 422 when the head is not the expected one, is up to date, or conflicts.
 */
export async function updateBranch(
  world: World,
  pull: Pull,
  login: string,
  expected: string | undefined,
): Promise<void> {
  const { head, base } = pull;
  if (expected !== undefined && expected !== head.sha) {
    throw new ApiError(422, "expected head sha didn’t match current head ref.");
  }
  if (await isAncestor(world.gitDir, base.sha, head.sha)) {
    throw new ApiError(422, "There are no new commits on the base branch.");
  }
  const tree = await mergeTree(world.gitDir, head.sha, base.sha);
  if (tree === null) throw new ApiError(422, "merge conflict between base and head");
  const before = head.sha;
  const after = await writeCommit(world.gitDir, {
    tree,
    parents: [before, base.sha],
    author: signatureOf(world, login),
    committer: webFlow(),
    message: `Merge branch '${base.ref}' into ${head.ref}`,
  });
  const ref = `refs/heads/${head.ref}`;
  if (!(await updateRef(world.gitDir, ref, after, before))) {
    throw new ApiError(422, "expected head sha didn’t match current head ref.");
  }
  await refMoved(world, { ref, before, after, login });
}
