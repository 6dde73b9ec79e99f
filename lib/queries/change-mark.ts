import type { ListedChange } from "../db/change-lists.ts";
import type { Mark } from "../domain/cluster/mark.ts";

const passing = new Set(["success", "neutral", "skipped"]);
export const approvalCheckName = "fleetwright/approval";

export const checkPasses = (check: { status: string; conclusion: string | null }): boolean =>
  check.status === "completed" && passing.has(check.conclusion ?? "");

type Marked = Pick<ListedChange, "state" | "draft" | "mergeable" | "mergeableState" | "checks" | "mergedBy">;

/**
 * Where a change stands, in one mark and one sentence: the first of conflict, failing check, running, approval, ready.
 * `trouble` is why the forge or the repository cannot be read (repositoryTrouble): then our checks do not go on.
 */
export function changeMark(change: Marked, trouble: string | null = null): { mark: Mark; sentence: string } {
  if (change.state === "merged") {
    const by = change.mergedBy === null ? "merged" : `merged by ${change.mergedBy}`;
    return { mark: { tone: "healthy", word: "Merged" }, sentence: by };
  }
  if (change.state === "closed")
    return { mark: { tone: "suspended", word: "Closed" }, sentence: "closed without a merge" };
  return openMark(change, trouble);
}

function openMark(
  { draft, mergeable, mergeableState, checks }: Marked,
  trouble: string | null,
): { mark: Mark; sentence: string } {
  if (mergeable === false || mergeableState === "dirty") {
    return { mark: { tone: "failed", word: "Conflict" }, sentence: "conflicts with the default branch" };
  }
  const relevant = checks.filter((check) => check.required || check.ours);
  const failing = relevant.filter((check) => check.status === "completed" && !checkPasses(check));
  const first = failing.find(({ name }) => name !== approvalCheckName) ?? failing[0];
  if (first) {
    const mark: Mark =
      first.name === approvalCheckName
        ? { tone: "attention", word: "Changes asked for" }
        : { tone: "failed", word: "Check fails" };
    return { mark, sentence: first.title ?? `${first.name} fails` };
  }
  if (draft) return { mark: { tone: "suspended", word: "Draft" }, sentence: "is a draft" };
  const running = relevant.filter(
    (check) => check.status !== "completed" && check.name !== approvalCheckName,
  );
  if (trouble !== null && (relevant.length === 0 || running.some(({ ours }) => ours))) {
    return {
      mark: { tone: "waiting", word: "Waits for the forge" },
      sentence: `checks wait: ${trouble}`,
    };
  }
  if (relevant.length === 0 || running.length > 0) {
    return {
      mark: { tone: "progress", word: "Checking" },
      sentence: running[0] ? `${running[0].name} runs` : "checks have not started",
    };
  }
  const approval = relevant.find(({ name }) => name === approvalCheckName);
  if (approval && !checkPasses(approval)) {
    return {
      mark: { tone: "waiting", word: "Waits for approval" },
      sentence: approval.title ?? "waits for an approval",
    };
  }
  if (mergeable === null) {
    return {
      mark: { tone: "progress", word: "Checking" },
      sentence: "the forge still computes whether it can be merged",
    };
  }
  return {
    mark: { tone: "healthy", word: "Ready to merge" },
    sentence: approval?.title ? `${approval.title}, ready to merge` : "ready to merge",
  };
}
