import type { Actor } from "../domain/access/actor.ts";
import { rolesOf, teamsOf } from "../domain/fleet/access.ts";
import { refreshTeams } from "./auth/teams.ts";
import { fleetConfig } from "./fleet-config.ts";
import { services } from "./services.ts";

/** The person behind a user id with today's roles and teams; null where the user is gone. */
export async function findActor(userId: string): Promise<Actor | null> {
  const { db, env } = services();
  const user = await db.user.findUnique({ where: { id: userId } });
  if (!user) return null;
  refreshTeams(user.id, user.teamsReadAt);
  const config = await fleetConfig();
  return {
    userId: user.id,
    login: user.login,
    name: user.name ?? user.login,
    image: user.image,
    roles: rolesOf(config, user.forgeTeams, env.FLEETWRIGHT_ADMIN_TEAM),
    teams: teamsOf(config, user.forgeTeams),
  };
}
