import { emptyFleetConfig, parseFleetConfig, type FleetConfig } from "../../domain/fleet/config.ts";
import { fleetConfigFile } from "../../domain/repository/layout.ts";
import type { Mirror } from "../../git/mirror.ts";
import type { ChangeWorld } from "../change-world.ts";
import { remembered } from "./remembered.ts";

/** How long memberships and protection are trusted; membership webhooks are rare and easily lost. */
const keepMs = 60_000;

/** fleet.yaml of a commit or tree; null where it is missing or cannot be used. */
export async function readFleetConfig(mirror: Mirror, sha: string): Promise<FleetConfig | null> {
  const text = await mirror.readFile(sha, fleetConfigFile);
  return text === null ? null : parseFleetConfig(text).config;
}

/** The same, with "nobody may do anything" where there is none. */
export const fleetConfigAt = async (mirror: Mirror, sha: string): Promise<FleetConfig> =>
  (await readFleetConfig(mirror, sha)) ?? emptyFleetConfig;

/** Members of a team of the forge, in any role. */
export const teamMembers = ({ asApp }: ChangeWorld, team: string): Promise<string[]> =>
  remembered(asApp, `team ${team}`, keepMs, () => asApp.teamMembers(team));

/** Members of the teams with the role approver; null where fleet.yaml names none, then the forge alone decides. */
export async function approversOf(world: ChangeWorld, config: FleetConfig): Promise<Set<string> | null> {
  const teams = config.access.roles.approver;
  if (teams.length === 0) return null;
  const members = await Promise.all(teams.map((team) => teamMembers(world, team)));
  return new Set(members.flat());
}

/** Contexts the forge requires on a branch; empty where it tells us nothing. */
export async function requiredChecks(world: ChangeWorld, branch: string): Promise<Set<string>> {
  const ask = (): Promise<string[]> =>
    world.asApp
      .findProtection(branch)
      .then((found) => (found?.requiredChecks ?? []).map(({ context }) => context));
  try {
    return new Set(await remembered(world.asApp, `protection ${branch}`, keepMs, ask));
  } catch {
    return new Set();
  }
}
