import type { ChangeRecord } from "../../db/changes.ts";
import { judgeApprovals, type ApprovalState } from "../../domain/change/approvals.ts";
import { outcomeOf, type CheckOutcome, type CheckPart } from "../../domain/change/check-outcome.ts";

/** Judges the reviews of a change as last read. */
export function approvalStateOf(
  change: Pick<ChangeRecord, "headSha" | "author" | "requestedBy" | "reviews">,
  rule: { needed: number; approvers: ReadonlySet<string> | null },
): ApprovalState {
  const reviews = change.reviews.map(({ login, state, commitSha, submittedAt }) => ({
    login,
    state,
    commitSha,
    at: submittedAt.toISOString(),
  }));
  const { headSha, author, requestedBy } = change;
  return judgeApprovals({ ...rule, headSha, author, requestedBy, reviews });
}

/** `fleetwright/approval`: n-of-m, which GitHub's own rule does not know (decisions §1). */
export function approvalCheck(state: ApprovalState): CheckOutcome {
  const parts: CheckPart[] = [
    ...state.blocking.map((login): CheckPart => ({
      label: "Changes asked for",
      state: "fail",
      sentence: `${login} asked for changes`,
    })),
    {
      label: "Approvals",
      state: state.missing > 0 ? "wait" : "pass",
      sentence: `${String(state.needed - state.missing)} of ${String(state.needed)}: ${state.sentence}`,
    },
    ...state.given
      .filter(({ stale }) => stale)
      .map(({ login }): CheckPart => ({
        label: "Out of date",
        state: "warn",
        sentence: `${login} approved an older version`,
      })),
    ...state.ignored.map(({ reason }): CheckPart => ({
      label: "Does not count",
      state: "warn",
      sentence: reason,
    })),
  ];
  return { ...outcomeOf("fleetwright/approval", parts, state.sentence), title: state.sentence };
}
