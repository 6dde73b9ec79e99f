import { rolesOf } from "../domain/fleet/access.ts";
import type { ReadContext } from "../queries/context.ts";
import { getPeople } from "../queries/list-people.ts";
import type { PeopleView } from "../queries/views.ts";
import { fleetConfig } from "./fleet-config.ts";
import { services } from "./services.ts";

/** Who is signed in, with the roles that today's fleet.yaml gives him. */
export async function readPeople(ctx: ReadContext): Promise<PeopleView | null> {
  const config = await fleetConfig();
  const { FLEETWRIGHT_ADMIN_TEAM: adminTeam } = services().env;
  return getPeople(ctx, (forgeTeams) => rolesOf(config, forgeTeams, adminTeam));
}
