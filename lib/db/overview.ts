import type { Actor } from "../domain/access/actor.ts";
import type { Db } from "./client.ts";
import { visibleChanges } from "./shell.ts";

/** Changes to existing clusters merged since that the actor may see, newest first. */
export async function listMergedEdits(db: Db, actor: Actor, since: Date) {
  return db.change.findMany({
    where: {
      AND: [visibleChanges(actor), { state: "merged", mergedAt: { gte: since }, kind: { not: "create" } }],
    },
    select: { number: true, title: true, kind: true, clusters: true, mergeCommit: true },
    orderBy: { number: "desc" },
    take: 100,
  });
}

export type MergedEdit = Awaited<ReturnType<typeof listMergedEdits>>[number];

/** Places of commits in the default branch. */
export async function findPositions(db: Db, shas: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.commit.findMany({
    where: { sha: { in: [...shas] } },
    select: { sha: true, position: true },
  });
  return new Map(rows.map(({ sha, position }) => [sha, position]));
}
