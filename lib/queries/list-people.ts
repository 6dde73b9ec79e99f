import { listSessions } from "../db/people.ts";
import type { Role } from "../domain/access/actor.ts";
import { can } from "../domain/access/can.ts";
import type { ReadContext } from "./context.ts";
import type { PeopleView } from "./views.ts";

/** Who is signed in; null for who may not know (platform engineers may). `rolesOf` reads fleet.yaml. */
export async function getPeople(
  { db, actor, now }: ReadContext,
  rolesOf: (forgeTeams: string[]) => Role[],
): Promise<PeopleView | null> {
  if (!can(actor, "see-people", "settings").yes) return null;
  const people = await listSessions(db, now);
  return {
    people: people.map((person) => ({
      id: person.id,
      login: person.login,
      name: person.name ?? person.login,
      you: person.id === actor.userId,
      roles: rolesOf(person.forgeTeams),
      sessions: person.sessions,
      rightsReadAt: person.teamsReadAt?.toISOString() ?? null,
    })),
  };
}
