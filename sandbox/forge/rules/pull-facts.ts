import type { Protection, Pull, State } from "../state/state.ts";
import type { World } from "../world.ts";
import { findTeam, isBot, roleOf } from "../state/people.ts";
import { roleAtLeast } from "../http/caller.ts";
import { checkStanding } from "./check-standing.ts";
import { requiredOwners } from "./code-owners.ts";
import { mergeRefusals } from "./merge-rules.ts";
import type { MergeFacts, Opinion } from "./merge-rules.ts";
import { latestOpinions } from "./opinions.ts";
import { protectionOfRules } from "./ruleset.ts";

/** Where the pull request's own commits begin. After a merge the base as it was then still tells. */
export async function pullMergeBase(world: World, pull: Pull): Promise<string> {
  return (await world.facts.mergeBase(pull.base.sha, pull.head.sha)) ?? pull.base.sha;
}

/** Everything the merge rules ask about a pull request, for one caller. */
export async function gatherMergeFacts(
  world: World,
  pull: Pull,
  caller: string,
  protection: Protection | null = world.store.state.protections[pull.base.ref] ?? null,
): Promise<MergeFacts> {
  const { state } = world.store;
  const opinions = latestOpinions(pull, (login) => roleOf(state, login));
  const runs = state.checkRuns.filter((run) => run.sha === pull.head.sha);
  const statuses = state.statuses.filter((status) => status.sha === pull.head.sha);
  return {
    protection,
    callerIsAdmin: roleOf(state, caller) === "admin",
    callerMayPush: mayPush(state, protection, caller),
    author: pull.author,
    lastPusher: pull.lastPush.login,
    opinions,
    owners: protection?.reviews?.requireCodeOwners === true ? await ownerGroups(world, pull, opinions) : [],
    checks: (protection?.checks?.required ?? []).map((check) => ({
      context: check.context,
      standing: checkStanding(check, runs, statuses, state.app.id),
    })),
    behind: !(await world.facts.isAncestor(pull.base.sha, pull.head.sha)),
  };
}

/** What rulesets have against a merge, in their sentences; classic protection is judged apart. */
export async function rulesetSentences(world: World, pull: Pull, caller: string): Promise<string[]> {
  const rules = protectionOfRules(world.store.state, pull.base.ref);
  return rules === null ? [] : mergeRefusals(await gatherMergeFacts(world, pull, caller, rules));
}

/** Whether a protected branch's push restriction lets this login through. */
export function mayPush(state: State, protection: Protection | null, login: string): boolean {
  const restrictions = protection?.restrictions ?? null;
  if (restrictions === null) return true;
  if (isBot(state, login)) return restrictions.apps.includes(state.app.slug);
  return (
    restrictions.users.includes(login) ||
    restrictions.teams.some((slug) => findTeam(state, slug)?.members.includes(login) === true)
  );
}

/** Owners who can be asked: people and teams with write access; others GitHub ignores. */
export function effectiveOwners(state: State, owners: readonly string[]): string[] {
  return owners.filter((owner) => {
    const slug = teamSlug(state, owner);
    const role = slug === null ? roleOf(state, owner) : (findTeam(state, slug)?.permission ?? null);
    return roleAtLeast(role, "push");
  });
}

/** The slug of `org/team`, or null when the owner is a person. */
export function teamSlug(state: State, owner: string): string | null {
  const [organization, slug] = owner.split("/");
  return slug !== undefined && organization?.toLowerCase() === state.organization.login.toLowerCase()
    ? slug
    : null;
}

async function ownerGroups(
  world: World,
  pull: Pull,
  opinions: readonly Opinion[],
): Promise<MergeFacts["owners"]> {
  const { state } = world.store;
  const [rules, paths] = await Promise.all([
    world.codeOwners(pull.base.sha),
    pullMergeBase(world, pull).then((base) => world.facts.changedPaths(base, pull.head.sha)),
  ]);
  const approvers = opinions
    .filter((opinion) => opinion.state === "APPROVED")
    .map((opinion) => opinion.login);
  return requiredOwners(rules, paths)
    .map((owners) => effectiveOwners(state, owners))
    .filter((owners) => owners.length > 0)
    .map((names) => ({
      names,
      approved: approvers.some((login) => names.some((name) => owns(state, name, login))),
    }));
}

function owns(state: State, owner: string, login: string): boolean {
  const slug = teamSlug(state, owner);
  return slug === null ? owner === login : findTeam(state, slug)?.members.includes(login) === true;
}
