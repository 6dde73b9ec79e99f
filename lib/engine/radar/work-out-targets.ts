import type { ChangeWorld } from "../../changes/change-world.ts";
import { closeTargets, markApplied, saveTargets, type PendingCommit } from "../../db/commit-targets.ts";
import { commitTargets } from "../../domain/radar/commit-targets.ts";

/** How long a cluster that a commit brings may take to turn up in the inventory. */
const arrivalMs = 5 * 60_000;

/**
 * Works out which clusters a commit must reach, from its own built tree and the one before, and writes them down.
 *
 * @returns false where a cluster it names is not in the inventory yet: then it is to be asked again.
 */
export async function workOutTargets(world: ChangeWorld, commit: PendingCommit): Promise<boolean> {
  const { db, mirror, repository, buildFleet } = world;
  const { sha, parents, paths, authoredAt } = commit;
  const parent = parents[0];
  const before = parent === undefined ? [] : await buildFleet(await mirror.treeOf(parent));
  const after = await buildFleet(await mirror.treeOf(sha));
  const missing = await saveTargets(db, repository.id, commit, commitTargets({ paths, before, after }));
  const now = world.now();
  if (missing.length > 0 && now.getTime() - authoredAt.getTime() < arrivalMs) return false;
  await closeTargets(db, repository.id, sha, now);
  await markApplied(db, repository.id, now, sha);
  return true;
}
