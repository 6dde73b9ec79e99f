import { emitPull } from "../events/emit.ts";
import { ApiError } from "../http/api-error.ts";
import { mergeRefusals } from "../rules/merge-rules.ts";
import { gatherMergeFacts, rulesetSentences } from "../rules/pull-facts.ts";
import { now } from "../state/now.ts";
import type { Pull } from "../state/state.ts";
import type { World } from "../world.ts";
import { mergePull } from "./merge-pull.ts";

type Armed = NonNullable<Pull["autoMerge"]>;

/**
 * Arms a pull request: it is merged in the person's name as soon as nothing stands against it.
 * Called inside `world.writes`.
 * @throws ApiError 422 in GitHub's words: it could be merged now, is a draft or closed, or the repository forbids it.
 */
export async function armAutoMerge(world: World, pull: Pull, armed: Armed): Promise<void> {
  if (world.store.state.repository.allowAutoMerge === false)
    throw new ApiError(422, "Auto merge is not allowed for this repository");
  if (pull.state === "closed") throw new ApiError(422, "Pull request Pull request is closed");
  if (pull.draft) throw new ApiError(422, "Pull request Pull request is in draft status");
  const refusals = [
    ...mergeRefusals(await gatherMergeFacts(world, pull, armed.login)),
    ...(await rulesetSentences(world, pull, armed.login)),
  ];
  if (refusals.length === 0) throw new ApiError(422, "Pull request Pull request is in clean status");
  pull.autoMerge = armed;
  pull.updatedAt = now();
  world.store.save();
  await emitPull(world, "auto_merge_enabled", pull, armed.login);
}

/** @throws ApiError 422 where nothing is armed. */
export async function disarmAutoMerge(world: World, pull: Pull, login: string): Promise<void> {
  if ((pull.autoMerge ?? null) === null)
    throw new ApiError(422, "Can't disable auto-merge for this pull request.");
  pull.autoMerge = null;
  pull.updatedAt = now();
  world.store.save();
  await emitPull(world, "auto_merge_disabled", pull, login);
}

/** Merges what is armed and no longer held back; looked at after everything that may have changed that. */
export async function mergeArmed(world: World): Promise<void> {
  for (const pull of world.store.state.pulls) {
    const { autoMerge } = pull;
    if (pull.state !== "open" || !autoMerge) continue;
    const { login, method, title, message } = autoMerge;
    try {
      await mergePull(world, pull, { login, method, title, message, sha: undefined });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
}
