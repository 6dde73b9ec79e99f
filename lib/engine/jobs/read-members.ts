import type { ChangeWorld } from "../../changes/change-world.ts";
import { fleetConfigAt } from "../../changes/checks/rule-inputs.ts";
import { listSignedIn, takeTeams } from "../../db/people.ts";
import type { FleetConfig } from "../../domain/fleet/config.ts";

/**
 * Takes from everybody who is signed in the teams he is no longer in, as the App sees them. People's teams are read
 * with their own tokens; where such a token answers no more the last answer would hold for as long as the session.
 * It only takes: what a person gained he brings by himself. A team without members may be one we cannot see, so it
 * says nothing. Throws what the forge threw.
 */
export async function readMembers(
  world: ChangeWorld,
  adminTeam: string | null,
): Promise<{ teams: number; people: number; taken: number }> {
  const head = await world.mirror.head();
  const config = head === null ? null : await fleetConfigAt(world.mirror, head);
  const people = await listSignedIn(world.db, world.now());
  const held = new Set(people.flatMap(({ forgeTeams }) => forgeTeams));
  const teams = mappedTeams(config, adminTeam).filter((team) => held.has(team));
  const gone = new Map<string, string[]>();
  for (const team of teams) {
    const members = new Set((await world.asApp.teamMembers(team)).map((login) => login.toLowerCase()));
    if (members.size === 0) continue;
    for (const { id, login, forgeTeams } of people) {
      if (!forgeTeams.includes(team) || members.has(login.toLowerCase())) continue;
      gone.set(id, [...(gone.get(id) ?? []), team]);
    }
  }
  for (const person of people) {
    const lost = gone.get(person.id);
    if (lost) await takeTeams(world.db, person, lost);
  }
  return { teams: teams.length, people: people.length, taken: gone.size };
}

/** Org teams that mean something here. */
function mappedTeams(config: FleetConfig | null, adminTeam: string | null): string[] {
  const roles = Object.values(config?.access.roles ?? {}).flat();
  const teams = Object.values(config?.access.teams ?? {});
  return [...new Set([...roles, ...teams, ...(adminTeam === null ? [] : [adminTeam])])];
}
