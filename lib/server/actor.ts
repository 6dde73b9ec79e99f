import type { Actor } from "../domain/access/actor.ts";
import { rolesOf, teamsOf } from "../domain/fleet/access.ts";
import { isForgeDoubtful } from "../db/repository.ts";
import { refreshTeams } from "./auth/teams.ts";
import { fleetConfig } from "./fleet-config.ts";
import { services } from "./services.ts";

/** Rights that the forge refuses to confirm end after this time; while it is merely in trouble they hold. */
const graceMs = 15 * 60_000;

/** The person behind a user id with today's roles and teams; null where the user is gone. */
export async function findActor(userId: string): Promise<Actor | null> {
  const { db, env } = services();
  const user = await db.user.findUnique({ where: { id: userId } });
  if (!user) return null;
  const doubtful = await isForgeDoubtful(db, env.FLEET_REPOSITORY);
  const { notice, trouble } = refreshTeams(user.id, user.teamsReadAt, doubtful);
  const lapsed = notice !== null && Date.now() - (user.teamsReadAt?.getTime() ?? 0) > graceMs;
  const config = await fleetConfig();
  return {
    userId: user.id,
    login: user.login,
    name: user.name ?? user.login,
    image: user.image,
    roles: lapsed ? [] : rolesOf(config, user.forgeTeams, env.FLEETWRIGHT_ADMIN_TEAM),
    teams: lapsed ? [] : teamsOf(config, user.forgeTeams),
    notice,
    trouble,
  };
}
