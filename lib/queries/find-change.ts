import { clustersWithMilestones, findVisibleChange, type DetailedChange } from "../db/change-lists.ts";
import { findRepository } from "../db/repository.ts";
import { parseBody } from "../domain/change/body.ts";
import { readStoredMeta } from "../domain/change/meta.ts";
import { changeActions, decisionNote } from "./change-actions.ts";
import { approvalsView } from "./change-approvals.ts";
import { changeBadges, changeLead } from "./change-lead.ts";
import { journeysOf } from "./change-journeys.ts";
import { toChangeRow } from "./change-row.ts";
import { checkView } from "./check-view.ts";
import type { ReadContext } from "./context.ts";
import { repositoryTrouble } from "./repository-trouble.ts";
import type { ChangeDetail, ChangeFileView } from "./views.ts";

/** Everything the page of one change shows; null where there is none, or none this person may see. */
export async function findChange(
  { db, actor, now }: ReadContext,
  number: number,
): Promise<ChangeDetail | null> {
  const change = await findVisibleChange(db, actor, number);
  if (!change) return null;
  const [repository, clusters] = await Promise.all([
    findRepository(db),
    clustersWithMilestones(db, change.clusters),
  ]);
  const trouble = repositoryTrouble(repository);
  const row = toChangeRow(change, trouble);
  const { meta, notes } = readStoredMeta(change.meta);
  const approvals = approvalsView(change);
  const branch = repository?.defaultBranch ?? "main";
  return {
    ...row,
    repositoryUrl: change.url.replace(/\/pull\/\d+$/, ""),
    lead: changeLead(row, meta, now),
    badges: changeBadges(row, meta, now),
    why: meta?.why ?? null,
    body: meta === null ? parseBody(change.body).text : "",
    files: change.files.map((file) => fileView(file, notes)),
    additions: change.additions,
    deletions: change.deletions,
    checks: change.checks.map(checkView).sort((a, b) => Number(b.required) - Number(a.required)),
    approvals,
    actions: changeActions(actor, change, row, trouble),
    trouble,
    decisionNote: decisionNote(actor, change, { needed: approvals.needed, branch }),
    parameters: meta?.parameters ?? [],
    journeys: journeysOf(change, clusters),
    headSha: change.headSha,
    mergeCommit: change.mergeCommit,
  };
}

const fileView = (file: DetailedChange["files"][number], notes: Record<string, string>): ChangeFileView => ({
  path: file.path,
  status: file.status,
  additions: file.additions,
  deletions: file.deletions,
  note: notes[file.path] ?? null,
  patch: file.patch,
});
