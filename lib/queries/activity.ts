import { latestAudit, type AuditRow } from "../db/audit.ts";
import { latestPushes } from "../db/repository.ts";
import { scopeOf } from "../domain/access/actor.ts";
import { code, plain, strong, type TextPart } from "../domain/cluster/text-part.ts";
import type { ReadContext } from "./context.ts";
import type { ActivityView } from "./views.ts";

const verbs: Record<string, string> = {
  "change.open": "asked for",
  "change.approve": "approved",
  "change.request-changes": "asked for changes on",
  "change.merge": "merged",
  "change.close": "closed",
};

/**
 * The latest deeds of people, newest first, as far as the actor may see them. Commits that no pull request brought
 * concern the whole fleet: only who sees all of it is told.
 */
export async function getActivity({ db, actor }: ReadContext, limit = 7): Promise<ActivityView[]> {
  const scope = scopeOf(actor);
  const [deeds, pushes] = await Promise.all([
    latestAudit(db, { teams: scope.all ? null : scope.teams, login: actor.login, limit }),
    scope.all ? latestPushes(db, limit) : [],
  ]);
  const views: ActivityView[] = [
    ...deeds.map((row) => ({ id: row.id, at: row.at.toISOString(), text: textOf(row) })),
    ...pushes.map(({ sha, title, author, authoredAt }) => ({
      id: sha,
      at: authoredAt.toISOString(),
      text: [strong(author), plain(" pushed "), code(sha.slice(0, 7)), plain(` ${title}`)],
    })),
  ];
  return views.sort((a, b) => b.at.localeCompare(a.at)).slice(0, limit);
}

function textOf({ actor, action, target, change }: AuditRow): TextPart[] {
  const who = actor === "unknown" ? plain("Somebody") : strong(actor);
  const what: TextPart =
    change === null ? plain(target) : { text: target, href: `/changes/${String(change)}` };
  return [who, plain(` ${verbs[action] ?? action} `), what];
}
