import { latestAudit, type AuditRow } from "../db/audit.ts";
import { scopeOf } from "../domain/access/actor.ts";
import { plain, strong, type TextPart } from "../domain/cluster/text-part.ts";
import type { ReadContext } from "./context.ts";
import type { ActivityView } from "./views.ts";

const verbs: Record<string, string> = {
  "change.open": "asked for",
  "change.approve": "approved",
  "change.request-changes": "asked for changes on",
  "change.merge": "merged",
  "change.close": "closed",
};

/** The latest deeds of people, newest first, as far as the actor may see them. */
export async function getActivity({ db, actor }: ReadContext, limit = 10): Promise<ActivityView[]> {
  const scope = scopeOf(actor);
  const rows = await latestAudit(db, { teams: scope.all ? null : scope.teams, login: actor.login, limit });
  return rows.map((row) => ({ id: row.id, at: row.at.toISOString(), text: textOf(row) }));
}

function textOf({ actor, action, target, change }: AuditRow): TextPart[] {
  const who = actor === "unknown" ? plain("Somebody") : strong(actor);
  const what: TextPart =
    change === null ? plain(target) : { text: target, href: `/changes/${String(change)}` };
  return [who, plain(` ${verbs[action] ?? action} `), what];
}
