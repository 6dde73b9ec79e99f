import { roles, type Role } from "../access/actor.ts";
import type { FleetConfig } from "./config.ts";

/**
 * Roles of a person by his org teams; they add up (decisions §4).
 *
 * @param adminTeam `FLEETWRIGHT_ADMIN_TEAM`: makes its members platform engineers even without a usable fleet.yaml.
 */
export function rolesOf(
  config: FleetConfig | null,
  orgTeamSlugs: readonly string[],
  adminTeam?: string | null,
): Role[] {
  const mine = new Set(orgTeamSlugs);
  const isAdmin = Boolean(adminTeam) && mine.has(adminTeam ?? "");
  return roles.filter((role) => {
    if (role === "platform-engineer" && isAdmin) return true;
    return config?.access.roles[role].some((slug) => mine.has(slug)) ?? false;
  });
}

/** Values of the label `fleetwright.dev/team` a person belongs to, sorted. */
export function teamsOf(config: FleetConfig | null, orgTeamSlugs: readonly string[]): string[] {
  const mine = new Set(orgTeamSlugs);
  const teams = Object.entries(config?.access.teams ?? {});
  return teams.flatMap(([team, slug]) => (mine.has(slug) ? [team] : [])).sort();
}

/** Teams a person may ask a cluster for: all of them for a platform engineer, his own for a requester, else none. */
export function requestableTeams(
  config: FleetConfig | null,
  actor: { roles: Role[]; teams: string[] },
): string[] {
  if (config === null) return [];
  if (actor.roles.includes("platform-engineer")) return Object.keys(config.access.teams).sort();
  if (!actor.roles.includes("requester")) return [];
  return actor.teams.filter((team) => Object.hasOwn(config.access.teams, team)).sort();
}
