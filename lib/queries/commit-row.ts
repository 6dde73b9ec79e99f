import type { StoredReach } from "../db/commit-reach.ts";
import { visibleChanges } from "../db/shell.ts";
import { percentile } from "../domain/radar/percentile.ts";
import type { CommitRow } from "./commit-views.ts";
import type { ReadContext } from "./context.ts";

/** Newer than this it is still being worked out; older ones are not followed (the radar's window is shorter). */
const pendingMs = 7 * 86_400_000;

/** A stored commit as lists show it. `changes` are the pull requests the person may see. */
export function toCommitRow(stored: StoredReach, changes: ReadonlySet<number>, now: Date): CommitRow {
  const { sha, title, author, at, changeNumber, targetsAt, total, applied, seconds } = stored;
  const fresh = now.getTime() - at.getTime() < pendingMs;
  return {
    sha,
    title,
    author,
    at: at.toISOString(),
    change: changeNumber !== null && changes.has(changeNumber) ? changeNumber : null,
    reach: {
      known: targetsAt !== null ? "known" : fresh ? "pending" : "not-followed",
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
