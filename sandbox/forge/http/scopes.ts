import type { Caller } from "./caller.ts";
import { findPerson } from "../state/people.ts";
import type { State } from "../state/state.ts";
import type { Route } from "./route.ts";

/** What a person's token was granted; null for tokens that have permissions instead (an App's and its users'). */
export function scopesOf(state: State, caller: Caller): readonly string[] | null {
  if (caller.kind !== "person" || caller.app !== null) return null;
  return findPerson(state, caller.login)?.scopes ?? ["read:org", "repo"];
}

/** Any of these opens a team's members, as recorded from GitHub. */
const teamScopes = ["admin:org", "read:org", "repo", "write:org"];

/**
 * `X-Accepted-OAuth-Scopes` of a route, as recorded: most of them name none. The first path is that of a route below
 * `/repos/{owner}/{repo}`.
 */
export function acceptedScopes({ access, path }: Route): readonly string[] {
  if (typeof access !== "object") {
    if (path === "/user/teams") return ["admin:org", "read:org", "repo", "user", "write:org"];
    return /^\/(orgs\/:org|organizations\/:\w+)\/teams?\b/.test(path) ? teamScopes : [];
  }
  if (path === "" || path.startsWith("/git/ref")) return ["repo"];
  return /^\/commits\/:\w+\/status/.test(path) ? ["repo", "repo:status"] : [];
}

/**
 * Whether a token of these scopes may ask for this. The repository is private: without `repo` nothing of it is seen,
 * whatever the reply says of accepted scopes.
 */
export function scopesSuffice(route: Route, granted: readonly string[]): boolean {
  if (typeof route.access === "object") return granted.includes("repo");
  const accepted = acceptedScopes(route);
  return accepted.length === 0 || accepted.some((scope) => granted.includes(scope));
}
