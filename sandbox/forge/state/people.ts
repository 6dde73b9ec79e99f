import type { ForgePermission } from "../../contracts.ts";
import { roleOrder } from "../http/caller.ts";
import type { Person, State, Team } from "./state.ts";

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
