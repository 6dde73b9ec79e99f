import type { AuditRow } from "../db/audit.ts";
import { listTrail } from "../db/audit-trail.ts";
import { latestVerification } from "../db/audit-verifications.ts";
import { scopeOf } from "../domain/access/actor.ts";
import { can } from "../domain/access/can.ts";
import { code, plain, strong, type TextPart } from "../domain/cluster/text-part.ts";
import type { ReadContext } from "./context.ts";
import type { AuditList, AuditParams } from "./views.ts";

const deeds: Record<string, string> = {
  "change.open": "asked for",
  "change.approve": "approved",
  "change.request-changes": "asked for changes on",
  "change.merge": "merged",
  "change.close": "closed",
  "change.refused": "was refused",
  "session.revoke": "ended the sessions of",
  "job.discard": "discarded the job",
  "job.retry": "had tried again the job",
};

/** The trail as far as a person may see it: who sees the fleet sees it whole, others the rows of their teams and their own. */
export async function listAudit({ db, actor }: ReadContext, params: AuditParams): Promise<AuditList | null> {
  if (!can(actor, "see-trail", "settings").yes) return null;
  const scope = scopeOf(actor);
  const { person, cluster, change, page, pageSize } = params;
  const [{ rows, matched }, verified] = await Promise.all([
    listTrail(
      db,
      { scope: scope.all ? null : { teams: scope.teams, login: actor.login }, person, cluster, change },
      { skip: (page - 1) * pageSize, take: pageSize },
    ),
    // How many rows there are would tell of other teams.
    scope.all ? latestVerification(db) : null,
  ]);
  return {
    rows: rows.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      actor: row.actor,
      text: textOf(row),
      cluster: row.cluster,
      change: row.change,
    })),
    matched,
    verified: verified && { ...verified, at: verified.at.toISOString() },
    whole: scope.all,
  };
}

function textOf({ actor, action, target, change, cluster }: AuditRow): TextPart[] {
  const what: TextPart =
    change === null ? plain(target) : { text: target, href: `/changes/${String(change)}` };
  if (action === "commit.reached") return [what, plain(" reached "), code(cluster ?? "a cluster")];
  const who = actor === "unknown" ? plain("Somebody") : strong(actor);
  return [who, plain(` ${deeds[action] ?? action} `), what];
}
