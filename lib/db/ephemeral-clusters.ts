import type { Db } from "./client.ts";

/** How many clusters with an expiry each of these teams has, those only asked for included (decisions §4). */
export async function countEphemeral(db: Db, teams: string[]): Promise<Map<string, number>> {
  const groups = await db.cluster.groupBy({
    by: ["team"],
    where: { deletedAt: null, team: { in: teams }, expiresAt: { not: null } },
    _count: { _all: true },
  });
  return new Map(groups.map(({ team, _count }) => [team ?? "", _count._all]));
}
