import type { Actor } from "../domain/access/actor.ts";
import type { Db } from "./client.ts";
import { visibleChanges } from "./shell.ts";

/** Open pull requests, and those merged since, that the actor may see; newest first. */
export async function listLivelyChanges(db: Db, actor: Actor, since: Date) {
  return db.change.findMany({
    where: {
      AND: [
        visibleChanges(actor),
        { OR: [{ state: "open" }, { state: "merged", mergedAt: { gte: since } }] },
      ],
    },
    omit: { body: true },
    include: { checks: true, reviews: true },
    orderBy: { number: "desc" },
    take: 200,
  });
}

export type LivelyChange = Awaited<ReturnType<typeof listLivelyChanges>>[number];

/** Pull requests that touch one cluster, newest first. */
export async function listChangesOf(db: Db, actor: Actor, cluster: string) {
  return db.change.findMany({
    where: { AND: [visibleChanges(actor), { clusters: { has: cluster } }] },
    omit: { body: true },
    include: { checks: true, reviews: true },
    orderBy: { number: "desc" },
    take: 50,
  });
}

/** Steps reached by clusters with one of these names, and where merge commits stand in the default branch. */
export async function readProgress(db: Db, { names, commits }: { names: string[]; commits: string[] }) {
  const [milestones, positions] = await Promise.all([
    db.milestone.findMany({
      where: { cluster: { name: { in: names }, deletedAt: null } },
      select: { step: true, at: true, uid: true, cluster: { select: { name: true, uid: true } } },
    }),
    db.commit.findMany({ where: { sha: { in: commits } }, select: { sha: true, position: true } }),
  ]);
  return { milestones, positions: new Map(positions.map(({ sha, position }) => [sha, position])) };
}
