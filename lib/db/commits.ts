import type { Db } from "./client.ts";

export interface FoundCommit {
  sha: string;
  title: string;
  author: string;
  authoredAt: Date;
  changeNumber: number | null;
}

/** Commits of the default branch by their sha; those it does not have are left out. */
export async function findCommits(db: Db, shas: readonly string[]): Promise<Map<string, FoundCommit>> {
  if (shas.length === 0) return new Map();
  const rows = await db.commit.findMany({
    where: { sha: { in: [...new Set(shas)] } },
    select: { sha: true, title: true, author: true, authoredAt: true, changeNumber: true },
  });
  return new Map(rows.map((row) => [row.sha, row]));
}
