import type { LivelyChange } from "../db/overview.ts";
import type { Mark } from "../domain/cluster/mark.ts";
import type { ChangeRow } from "./views.ts";

/** State of a pull request in a word, and what it waits for in a few. */
export function changeBrief(change: LivelyChange): { mark: Mark; sentence: string } {
  if (change.state === "merged")
    return { mark: { tone: "healthy", word: "Merged" }, sentence: mergedSentence(change) };
  if (change.state === "closed")
    return { mark: { tone: "suspended", word: "Closed" }, sentence: "closed without merging" };
  if (change.draft) return { mark: { tone: "waiting", word: "Draft" }, sentence: "still a draft" };
  const failing = failingChecks(change);
  if (failing.length > 0) {
    return { mark: { tone: "attention", word: "Checks fail" }, sentence: `${failing.join(" and ")} failed` };
  }
  return { mark: { tone: "waiting", word: "Open" }, sentence: "waits for approval" };
}

/** `waiting` is what the approval check itself reports; the other checks' verdict is what people ask for. */
export function failingChecks({ checks, headSha }: Pick<LivelyChange, "checks" | "headSha">): string[] {
  return checks
    .filter((check) => check.headSha === headSha && check.name !== "fleetwright/approval")
    .filter(
      ({ conclusion }) => conclusion !== null && ["failure", "timed_out", "cancelled"].includes(conclusion),
    )
    .map(({ name }) => name.replace(/^fleetwright\//, ""));
}

export function toChangeRow(change: LivelyChange): ChangeRow {
  const { mark, sentence } = changeBrief(change);
  return {
    number: change.number,
    title: change.title,
    state: change.state === "merged" || change.state === "closed" ? change.state : "open",
    draft: change.draft,
    kind: change.kind,
    mark,
    sentence,
    author: change.author,
    requestedBy: change.requestedBy,
    clusters: change.clusters,
    teams: change.teams,
    openedAt: change.openedAt.toISOString(),
    updatedAt: change.updatedAt.toISOString(),
    url: change.url,
  };
}

function mergedSentence({ mergedBy }: LivelyChange): string {
  return mergedBy === null ? "merged" : `merged by ${mergedBy}`;
}
