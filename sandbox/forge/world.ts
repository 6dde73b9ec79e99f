import type PQueue from "p-queue";
import type { ForgePermission } from "../contracts.ts";
import type { Deliverer } from "./events/deliverer.ts";
import { roleOrder } from "./http/caller.ts";
import type { ObjectFacts } from "./git/object-facts.ts";
import type { OwnerRule } from "./rules/code-owners.ts";
import type { Mergeability } from "./rules/mergeability.ts";
import type { Person, State, Team } from "./state/state.ts";
import type { Store } from "./state/store.ts";

/** Everything a handler needs: the state, the repository on disk, and the way out for events. */
export interface World {
  store: Store;
  gitDir: string;
  /** Web base without a trailing slash. */
  url: string;
  /** REST base. */
  api: string;
  deliverer: Deliverer;
  facts: ObjectFacts;
  /** CODEOWNERS of a commit, by full SHA. */
  codeOwners: (commit: string) => Promise<OwnerRule[]>;
  mergeability: Mergeability;
  /** Writes to refs run one after another: each sees the refs and pull requests the one before left. */
  writes: PQueue;
  log(message: string): void;
}

/** Full name, `owner/name`. */
export function fullName(state: State): string {
  return `${state.organization.login}/${state.repository.name}`;
}

/** A person by login, without regard to case. */
export function findPerson(state: State, login: string): Person | undefined {
  return state.people.find((person) => person.login.toLowerCase() === login.toLowerCase());
}

/** A team by slug. */
export function findTeam(state: State, slug: string): Team | undefined {
  return state.teams.find((team) => team.slug === slug);
}

/** A person's role in the repository: the best of his teams' permissions; null when he is in no team. */
export function roleOf(state: State, login: string): ForgePermission | null {
  const roles = state.teams.filter((team) => team.members.includes(login)).map((team) => team.permission);
  return roles.toSorted((a, b) => roleOrder.indexOf(b) - roleOrder.indexOf(a))[0] ?? null;
}

/** Members of a team that administers the repository stand for the organisation's owners. */
export function isOwner(state: State, login: string): boolean {
  return roleOf(state, login) === "admin";
}

/** Whether this login is the App's own account. */
export function isBot(state: State, login: string): boolean {
  return login === `${state.app.slug}[bot]`;
}
