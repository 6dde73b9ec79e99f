import { scopeOf, type Actor } from "../domain/access/actor.ts";
import type { Db } from "./client.ts";

/** Which pull requests a person may see: those of his teams, in base or head, and his own (decisions §4); without a role none. */
export function visibleChanges(actor: Pick<Actor, "roles" | "teams" | "login">) {
  const scope = scopeOf(actor);
  if (scope.all) return {};
  if (actor.roles.length === 0) return { number: { in: [] } };
  return {
    OR: [{ teams: { hasSome: scope.teams } }, { author: actor.login }, { requestedBy: actor.login }],
  };
}

/** Freshness of the two sources and the number of open pull requests. */
export async function readShell(db: Db, actor: Pick<Actor, "roles" | "teams" | "login">) {
  const [management, repository, openChanges, latest] = await Promise.all([
    db.managementCluster.findFirst({ orderBy: { slug: "asc" } }),
    db.fleetRepository.findFirst({
      select: {
        fullName: true,
        headSha: true,
        fetchedAt: true,
        fetchError: true,
        pollError: true,
        problems: true,
        protection: true,
      },
    }),
    db.change.count({ where: { state: "open", ...visibleChanges(actor) } }),
    db.change.findFirst({ select: { url: true } }),
  ]);
  return { management, repository, openChanges, repositoryUrl: latest ? webOf(latest.url) : "" };
}

/** `https://forge/owner/name/pull/7` → `https://forge/owner/name`. */
function webOf(url: string): string {
  return url.replace(/\/pull\/\d+.*$/, "");
}
