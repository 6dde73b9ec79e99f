import type { FoundCommit } from "../db/commits.ts";
import type { Explanation } from "../domain/causes/explain.ts";
import type { CommitView, ExplanationView } from "./views.ts";

/** What of an explanation is shown. */
export function toExplanation(known: Explanation | null): ExplanationView | null {
  if (known === null) return null;
  const { meaning, who, fix, link } = known;
  return { meaning, who, fix, link };
}

/** A commit by its sha; title and author are null where the default branch as last read does not have it. */
export function toCommit(sha: string | null, commits: ReadonlyMap<string, FoundCommit>): CommitView | null {
  if (sha === null) return null;
  const found = commits.get(sha);
  return {
    sha,
    title: found?.title ?? null,
    author: found?.author ?? null,
    at: found?.authoredAt.toISOString() ?? null,
    change: found?.changeNumber ?? null,
  };
}
