import { scopeOf, type Actor } from "../../domain/access/actor.ts";
import type { Db } from "../../db/client.ts";
import type { LiveMessage } from "./live-message.ts";

/** Whom a message concerns: everybody, these teams (before and after a move) and people, or wide roles only. */
export type Audience = { everybody: true } | { everybody: false; teams: string[]; logins: string[] };

const everybody: Audience = { everybody: true };
const wideOnly: Audience = { everybody: false, teams: [], logins: [] };

export function mayHear(actor: Actor, audience: Audience): boolean {
  if (audience.everybody) return true;
  const scope = scopeOf(actor);
  if (scope.all) return true;
  return audience.logins.includes(actor.login) || audience.teams.some((team) => scope.teams.includes(team));
}

/** Looks up whom a message concerns, once for all browsers, and remembers teams so that a move reaches both sides. */
export function createAudienceFinder(db: Db): (message: LiveMessage) => Promise<Audience> {
  const lastTeams = new Map<string, string[]>();

  const withFormer = (key: string, teams: string[]): string[] => {
    const former = lastTeams.get(key) ?? [];
    lastTeams.set(key, teams);
    return [...new Set([...former, ...teams])];
  };

  return async ({ topic, id }) => {
    if (topic === "management" || topic === "repository") return everybody;
    if (topic === "cluster" || topic === "flux") {
      const row = await db.cluster.findUnique({ where: { id }, select: { team: true } }).catch(() => null);
      if (!row) return wideOnly;
      return { everybody: false, teams: withFormer(id, row.team ? [row.team] : []), logins: [] };
    }
    if (topic === "change") {
      const row = await db.change.findUnique({
        where: { id },
        select: { teams: true, requestedBy: true, author: true },
      });
      if (!row) return wideOnly;
      const logins = [row.author, row.requestedBy].filter((login): login is string => Boolean(login));
      return { everybody: false, teams: withFormer(id, row.teams), logins };
    }
    return wideOnly;
  };
}
