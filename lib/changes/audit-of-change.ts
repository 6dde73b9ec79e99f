import type { AuditAction, AuditEntry } from "../db/audit.ts";
import type { ChangeData, ChangeReviewData } from "../db/changes.ts";

const reviewActions: Partial<Record<string, AuditAction>> = {
  approved: "change.approve",
  "changes-requested": "change.request-changes",
};

/** Everything a pull request tells about who did what: written once each, whether we did it or only saw it. */
export function auditOfChange(change: ChangeData, reviews: readonly ChangeReviewData[]): AuditEntry[] {
  const number = String(change.number);
  const common = {
    target: `#${number} ${change.title}`,
    team: change.teams[0] ?? null,
    cluster: change.clusters.length === 1 ? (change.clusters[0] ?? null) : null,
    change: change.number,
  };
  const entries: AuditEntry[] = [
    {
      ...common,
      key: `open:${number}`,
      at: change.openedAt,
      actor: change.requestedBy ?? change.author,
      action: "change.open",
      detail: { openedBy: change.author },
    },
  ];
  for (const review of reviews) {
    const action = reviewActions[review.state];
    if (!action) continue;
    const detail = { head: review.commitSha };
    entries.push({
      ...common,
      key: `review:${String(review.forgeId)}`,
      at: review.submittedAt,
      actor: review.login,
      action,
      detail,
    });
  }
  if (change.mergedAt) {
    const detail = { commit: change.mergeCommit };
    entries.push({
      ...common,
      key: `merge:${number}`,
      at: change.mergedAt,
      actor: change.mergedBy ?? "unknown",
      action: "change.merge",
      detail,
    });
  } else if (change.state === "closed" && change.closedAt) {
    // The forge does not say in the pull request who closed it.
    entries.push({
      ...common,
      key: `close:${number}:${change.closedAt.toISOString()}`,
      at: change.closedAt,
      actor: "unknown",
      action: "change.close",
    });
  }
  return entries;
}
