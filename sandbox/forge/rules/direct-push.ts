import type { World } from "../world.ts";
import { roleOf } from "../state/people.ts";
import { checkRefusals, notAuthorized } from "./merge-rules.ts";
import { mayPush } from "./pull-facts.ts";

/** What a login may do to a protected branch by pushing or through the REST write calls. */
interface PushRule {
  /** Full ref name. */
  ref: string;
  /** GitHub's sentences against any direct update; empty = allowed. */
  refusals: string[];
  force: boolean;
  remove: boolean;
}

/** The rules of every protected branch for one login. */
export function pushRules(world: World, login: string): PushRule[] {
  return Object.keys(world.store.state.protections).map((branch) => pushRule(world, branch, login));
}

/** The rule of one branch for one login; an unprotected branch allows everything. */
export function pushRule(world: World, branch: string, login: string): PushRule {
  const { state } = world.store;
  const ref = `refs/heads/${branch}`;
  const protection = state.protections[branch];
  const bypass = protection?.enforceAdmins === false && roleOf(state, login) === "admin";
  if (protection === undefined || bypass) return { ref, refusals: [], force: true, remove: true };
  const refusals: string[] = [];
  if (!mayPush(state, protection, login)) refusals.push(notAuthorized);
  else {
    const expected = (protection.checks?.required ?? []).map(({ context }) => ({
      context,
      standing: "expected" as const,
    }));
    refusals.push(...checkRefusals(expected));
    if (protection.reviews !== null) refusals.push("Changes must be made through a pull request.");
  }
  return { ref, refusals, force: protection.allowForcePushes, remove: protection.allowDeletions };
}
