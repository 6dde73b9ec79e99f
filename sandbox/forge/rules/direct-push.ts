import type { World } from "../world.ts";
import { roleOf } from "../state/people.ts";
import { checkRefusals, notAuthorized } from "./merge-rules.ts";
import { mayPush } from "./pull-facts.ts";
import { protectionOfRules } from "./ruleset.ts";
import type { Protection } from "../state/state.ts";

/** What a login may do to a protected branch by pushing or through the REST write calls. */
interface PushRule {
  /** Full ref name. */
  ref: string;
  /** GitHub's sentences against any direct update; empty = allowed. */
  refusals: string[];
  /** Whether a ruleset says so, which has wrappers of its own (GH013), or classic protection (GH006). */
  byRuleset: boolean;
  force: boolean;
  remove: boolean;
}

/** The rules of every protected branch for one login. */
export function pushRules(world: World, login: string, branches: readonly string[]): PushRule[] {
  return branches
    .map((branch) => pushRule(world, branch, login))
    .filter((rule) => rule.refusals.length > 0 || !rule.force || !rule.remove);
}

/** The rule of one branch for one login; an unprotected branch allows everything. Rulesets speak first. */
export function pushRule(world: World, branch: string, login: string): PushRule {
  const { state } = world.store;
  const ref = `refs/heads/${branch}`;
  const rules = protectionOfRules(state, branch);
  const byRules = rules === null ? [] : directRefusals(rules);
  const protection = state.protections[branch];
  const bypass = protection?.enforceAdmins === false && roleOf(state, login) === "admin";
  const classic = protection === undefined || bypass ? null : protection;
  const refusals = classic === null ? [] : classicRefusals(world, classic, login);
  return {
    ref,
    refusals: byRules.length > 0 ? byRules : refusals,
    byRuleset: byRules.length > 0,
    force: (classic?.allowForcePushes ?? true) && (rules?.allowForcePushes ?? true),
    remove: (classic?.allowDeletions ?? true) && (rules?.allowDeletions ?? true),
  };
}

function classicRefusals(world: World, protection: Protection, login: string): string[] {
  return mayPush(world.store.state, protection, login) ? directRefusals(protection) : [notAuthorized];
}

function directRefusals(protection: Protection): string[] {
  const expected = (protection.checks?.required ?? []).map(({ context }) => ({
    context,
    standing: "expected" as const,
  }));
  const reviews = protection.reviews === null ? [] : ["Changes must be made through a pull request."];
  return [...checkRefusals(expected), ...reviews];
}
