import { fromPrisma, PgBoss } from "pg-boss";
import { appendAudit } from "./audit.ts";
import type { Db } from "./client.ts";
import { deadLetters, jobsSchema } from "./job-kinds.ts";
import { findDeadLetter } from "./jobs.ts";

/**
 * Puts a dead letter back where it failed and writes down who did that: both, or neither. False: it is no longer
 * there, or the same job waits or runs already. `url` is for the queue's own connection, which reads its tables.
 */
export async function retryDeadLetter(
  { db, url }: { db: Db; url: string },
  id: string,
  { login, now }: { login: string; now: Date },
): Promise<boolean> {
  const quiet = { migrate: false, supervise: false, schedule: false, registerInstance: false };
  const boss = new PgBoss({ connectionString: url, schema: jobsSchema, max: 1, ...quiet });
  boss.on("error", () => undefined);
  await boss.start();
  try {
    return await db.$transaction(async (tx) => {
      const letter = await findDeadLetter(tx, id);
      if (!letter) return false;
      // One that met its like when it was last put back was failed where it lies.
      if (letter.state === "failed") await boss.retry(deadLetters, id, { db: fromPrisma(tx) });
      const moved = await boss.redrive(deadLetters, { ids: [id], db: fromPrisma(tx) });
      if (moved === 0) return false;
      const target = [letter.name, letter.key].filter(Boolean).join(" ");
      const entry = { key: `job-retry:${id}`, at: now, actor: login, action: "job.retry", target } as const;
      await appendAudit(tx, [entry]);
      return true;
    });
  } finally {
    await boss.stop({ graceful: false });
  }
}
