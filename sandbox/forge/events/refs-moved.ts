import { diffFingerprint } from "../git/diff.ts";
import { forceRef, nullSha, pullsWithin } from "../git/refs.ts";
import { pullMergeBase } from "../rules/pull-facts.ts";
import { protectionOfRules } from "../rules/ruleset.ts";
import { now } from "../state/now.ts";
import type { Pull } from "../state/state.ts";
import type { World } from "../world.ts";
import { emitPull, emitPush, emitReview } from "./emit.ts";
import type { RefChange } from "./emit.ts";

/**
 * What follows when a branch moved, however it moved (REST, merge, push over Git): open pull requests from it are
 * synchronised, those whose commits reached their base are merged, those whose branch is gone are closed.
 * Called inside `world.writes`, after git has the new ref.
 */
export async function refMoved(world: World, change: RefChange): Promise<void> {
  const { repository, pulls } = world.store.state;
  repository.pushedAt = now();
  const { ref, before, after } = change;
  const forced = before !== nullSha && after !== nullSha && !(await world.facts.isAncestor(before, after));
  await emitPush(world, change, forced);
  const branch = ref.replace(/^refs\/heads\//, "");
  const open = branch === ref ? [] : pulls.filter((pull) => pull.state === "open");
  for (const pull of open.filter((one) => one.head.ref === branch)) await headMoved(world, pull, change);
  const onBase = open.filter((pull) => pull.base.ref === branch && pull.state === "open");
  const reached =
    onBase.length === 0 || after === nullSha ? new Set() : await pullsWithin(world.gitDir, after);
  for (const pull of onBase) await baseMoved(world, pull, change, reached.has(pull.number));
  world.store.save();
}

async function headMoved(world: World, pull: Pull, change: RefChange): Promise<void> {
  if (change.after === nullSha) {
    await closePull(world, pull, change.login);
    return;
  }
  pull.head.sha = change.after;
  pull.updatedAt = now();
  await forceRef(world.gitDir, `refs/pull/${String(pull.number)}/head`, change.after);
  await judgePush(world, pull, change.login);
  await emitPull(world, "synchronize", pull, change.login, { before: change.before, after: change.after });
  if (await world.facts.isAncestor(pull.head.sha, pull.base.sha)) await closePull(world, pull, change.login);
}

async function baseMoved(world: World, pull: Pull, change: RefChange, reached: boolean): Promise<void> {
  if (change.after === nullSha) {
    await closePull(world, pull, change.login);
    return;
  }
  if (reached) {
    pull.merged = { at: now(), by: change.login, commit: change.after };
    await closePull(world, pull, change.login);
    return;
  }
  pull.base.sha = change.after;
}

/** A push that changes the diff makes approvals stale and its pusher the last one; a plain update does neither. */
async function judgePush(world: World, pull: Pull, login: string): Promise<void> {
  const fingerprint = await diffFingerprint(world.gitDir, await pullMergeBase(world, pull), pull.head.sha);
  if (fingerprint === pull.fingerprint) return;
  pull.fingerprint = fingerprint;
  pull.lastPush = { login, sequence: world.store.id() };
  const { state } = world.store;
  const rules = [state.protections[pull.base.ref], protectionOfRules(state, pull.base.ref)];
  if (!rules.some((one) => one?.reviews?.dismissStale === true)) return;
  for (const review of pull.reviews) {
    if (review.state !== "APPROVED") continue;
    review.state = "DISMISSED";
    emitReview(world, "dismissed", pull, review, login);
  }
}

/** Closes a pull request, merged or not, and says so. */
export async function closePull(world: World, pull: Pull, login: string): Promise<void> {
  pull.state = "closed";
  pull.autoMerge = null;
  pull.closedAt = pull.merged?.at ?? now();
  pull.updatedAt = pull.closedAt;
  await emitPull(world, "closed", pull, login);
  world.store.save();
}
