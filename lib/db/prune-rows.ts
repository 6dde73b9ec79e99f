import type { Db } from "./client.ts";
import { pruneIntervals } from "./prune-intervals.ts";

const dayMs = 86_400_000;
/** How long is kept what ended; open things are kept for ever. */
const keptDays = {
  deliveries: 30,
  intervals: 90,
  failedIntents: 30,
  openedIntents: 365,
  asks: 1,
  targets: 90,
};

export type Pruned = Record<"sessions" | "deliveries" | "intervals" | "intents" | "asks" | "targets", number>;

/**
 * Removes rows that nothing reads any more. An intent says who asked for a pull request whatever became of its body:
 * it stays for as long as that is open, and a year.
 */
export async function pruneRows(db: Db, now: Date): Promise<Pruned> {
  const before = (days: number): Date => new Date(now.getTime() - days * dayMs);
  const sessions = await db.session.deleteMany({ where: { expires: { lt: now } } });
  const deliveries = await db.delivery.deleteMany({
    where: { receivedAt: { lt: before(keptDays.deliveries) } },
  });
  const intervals = await pruneIntervals(db, before(keptDays.intervals));
  const failed = await db.intent.deleteMany({
    where: { state: "failed", updatedAt: { lt: before(keptDays.failedIntents) } },
  });
  const opened = await db.$executeRaw`
    DELETE FROM "Intent" i WHERE i.state = 'opened' AND i."updatedAt" < ${before(keptDays.openedIntents)}
      AND NOT EXISTS (SELECT 1 FROM "Change" c
        WHERE c."repositoryId" = i."repositoryId" AND c.number = i."changeNumber" AND c.state = 'open')`;
  const asks = await db.ask.deleteMany({ where: { askedAt: { lt: before(keptDays.asks) } } });
  const targets = await db.$executeRaw`
    DELETE FROM "CommitTarget" t WHERE NOT EXISTS (SELECT 1 FROM "Commit" c
      WHERE c."repositoryId" = t."repositoryId" AND c.sha = t.sha AND c."authoredAt" >= ${before(keptDays.targets)})`;
  return {
    asks: asks.count,
    targets,
    sessions: sessions.count,
    deliveries: deliveries.count,
    intervals,
    intents: failed.count + opened,
  };
}
