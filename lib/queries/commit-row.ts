import type { StoredReach } from "../db/commit-reach.ts";
import { visibleChanges } from "../db/shell.ts";
import { followedCommits } from "../domain/radar/followed.ts";
import { percentile } from "../domain/radar/percentile.ts";
import type { CommitRow } from "./commit-views.ts";
import type { ReadContext } from "./context.ts";

/** A stored commit as lists show it. `changes` are the pull requests the person may see. */
export function toCommitRow(stored: StoredReach, changes: ReadonlySet<number>): CommitRow {
  const { sha, title, author, at, changeNumber, targetsAt, behind, total, applied, seconds } = stored;
  return {
    sha,
    title,
    author,
    at: at.toISOString(),
    change: changeNumber !== null && changes.has(changeNumber) ? changeNumber : null,
    reach: {
      known: targetsAt !== null ? "known" : behind < followedCommits ? "pending" : "not-followed",
      total,
      applied,
      p50: percentile(seconds, 50),
      p95: percentile(seconds, 95),
    },
  };
}

/** Of the commits' pull requests those the person may see. */
export async function changesOf(
  { db, actor }: ReadContext,
  rows: readonly StoredReach[],
): Promise<Set<number>> {
  const numbers = rows.flatMap(({ changeNumber }) => changeNumber ?? []);
  if (numbers.length === 0) return new Set();
  const found = await db.change.findMany({
    where: { AND: [visibleChanges(actor), { number: { in: numbers } }] },
    select: { number: true },
  });
  return new Set(found.map(({ number }) => number));
}
