import { countVisibleClusters } from "../db/clusters.ts";
import { readShell } from "../db/shell.ts";
import { scopeOf } from "../domain/access/actor.ts";
import type { ReadContext } from "./context.ts";
import { repositoryTrouble } from "./repository-trouble.ts";
import { texts } from "./texts.ts";
import type { ShellView } from "./views.ts";

/** What every page shows around its content. */
export async function getShell({ db, actor, forgeUrl }: ReadContext): Promise<ShellView> {
  const scope = scopeOf(actor);
  const [clusters, shell] = await Promise.all([countVisibleClusters(db, scope), readShell(db, actor)]);
  const { repository, management } = shell;
  const admin = actor.roles.includes("platform-engineer");
  return {
    person: {
      login: actor.login,
      name: actor.name,
      image: actor.image,
      roles: actor.roles,
      teams: actor.teams,
    },
    counts: { clusters, openChanges: shell.openChanges },
    management: {
      slug: management?.slug ?? "management",
      lastContactAt: management?.lastContactAt?.toISOString() ?? null,
      error: management?.contactError ?? null,
      synced: management?.syncedAt != null,
    },
    repository: {
      fullName: repository?.fullName ?? "",
      url: forgeUrl && repository ? `${forgeUrl}/${repository.fullName}` : shell.repositoryUrl,
      headSha: repository?.headSha ?? null,
      fetchedAt: repository?.fetchedAt?.toISOString() ?? null,
      error: repositoryTrouble(repository),
    },
    notice: actor.notice ?? null,
    trouble: actor.trouble ? { sentence: actor.trouble.sentence, at: actor.trouble.at.toISOString() } : null,
    problems: admin ? [...texts(repository?.problems), ...texts(repository?.protection)] : [],
    canRequest:
      actor.roles.includes("platform-engineer") ||
      (actor.roles.includes("requester") && actor.teams.length > 0),
  };
}
