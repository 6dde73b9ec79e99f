import type { ListedChange } from "../db/change-lists.ts";
import { judgeApprovals } from "../domain/change/approvals.ts";
import { parseParts } from "../domain/change/check-outcome.ts";
import { approvalCheckName } from "./change-mark.ts";
import type { ChangeDetail } from "./views.ts";

/**
 * Approvals as the check judged them: how many are needed and whose do not count is the check's word, as it alone
 * knows fleet.yaml and the teams of that moment.
 */
export function approvalsView(change: ListedChange): ChangeDetail["approvals"] {
  const check = change.checks.find(({ name, ours }) => ours && name === approvalCheckName);
  const parts = parseParts(check?.summary ?? null);
  const needed = Number(
    /^\d+ of (\d+):/.exec(parts.find(({ label }) => label === "Approvals")?.sentence ?? "")?.[1] ?? 1,
  );
  const ignored = new Set(
    parts
      .filter(({ label }) => label === "Does not count")
      .map(({ sentence }) => sentence.split(" ", 1)[0] ?? ""),
  );
  const reviews = change.reviews
    .filter(({ login }) => !ignored.has(login))
    .map(({ login, state, commitSha, submittedAt }) => ({
      login,
      state,
      commitSha,
      at: submittedAt.toISOString(),
    }));
  const { headSha, author, requestedBy } = change;
  const state = judgeApprovals({ needed, headSha, author, requestedBy, reviews, approvers: null });
  return { needed, given: state.given, sentence: check?.title ?? state.sentence };
}
