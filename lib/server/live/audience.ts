import { scopeOf, type Actor } from "../../domain/access/actor.ts";
import type { Db } from "../../db/client.ts";
import type { LiveMessage } from "./live-message.ts";

/** Whom a message concerns: everybody, these teams (before and after a move) and people, or wide roles only. */
export type Audience = { everybody: true } | { everybody: false; teams: string[]; logins: string[] };

const everybody: Audience = { everybody: true };
const wideOnly: Audience = { everybody: false, teams: [], logins: [] };

/** Whether a message is for this person; nothing is for one without a role. */
export function mayHear(actor: Actor, audience: Audience): boolean {
  if (actor.roles.length === 0) return false;
  if (audience.everybody) return true;
  const scope = scopeOf(actor);
  if (scope.all) return true;
  return audience.logins.includes(actor.login) || audience.teams.some((team) => scope.teams.includes(team));
}

/**
 * Looks up whom a message concerns, once for all browsers. Remembers teams so that a move reaches both sides, from
 * the first message on: a move may be the first that this process hears of a cluster.
 */
export function createAudienceFinder(db: Db): (message: LiveMessage) => Promise<Audience> {
  const lastTeams = new Map<string, string[]>();
  let primed: Promise<void> | null = null;
  const prime = (): Promise<void> =>
    (primed ??= readTeams(db, lastTeams).catch((error: unknown) => {
      primed = null;
      throw error;
    }));

  const withFormer = (key: string, teams: string[]): string[] => {
    const former = lastTeams.get(key) ?? [];
    lastTeams.set(key, teams);
    return [...new Set([...former, ...teams])];
  };

  // Begun before anybody listens; what fails here is tried again, and told, with the first message.
  prime().catch(() => undefined);
  return async ({ topic, id }) => {
    if (topic === "management" || topic === "repository" || topic === "commit") return everybody;
    await prime();
    if (topic === "cluster" || topic === "flux") {
      const row = await db.cluster.findUnique({ where: { id }, select: { team: true } }).catch(() => null);
      if (!row) return wideOnly;
      return { everybody: false, teams: withFormer(id, teamsOfCluster(row)), logins: [] };
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

const teamsOfCluster = ({ team }: { team: string | null }): string[] => (team ? [team] : []);

/** Only what may still move: clusters that are there and changes that are open. */
async function readTeams(db: Db, into: Map<string, string[]>): Promise<void> {
  const [clusters, changes] = await Promise.all([
    db.cluster.findMany({ where: { deletedAt: null }, select: { id: true, team: true } }),
    db.change.findMany({ where: { state: "open" }, select: { id: true, teams: true } }),
  ]);
  for (const row of clusters) into.set(row.id, teamsOfCluster(row));
  for (const { id, teams } of changes) into.set(id, teams);
}
