import type { AskTarget, AskVerb } from "../domain/asks/ask.ts";
import type { Db } from "./client.ts";
import { sendNotification } from "./send-notification.ts";

/** Topic that wakes the engine; browsers hear nothing of it. */
export const askTopic = "ask";

export interface NewAsk {
  managementClusterId: string;
  clusterId: string | null;
  verb: AskVerb;
  target: AskTarget;
  login: string;
}

/** Puts questions to the engine and wakes it. */
export async function createAsks(db: Db, asks: readonly NewAsk[]): Promise<string[]> {
  const rows = await db.ask.createManyAndReturn({ data: [...asks], select: { id: true } });
  await sendNotification(db, { topic: askTopic, id: rows[0]?.id ?? "" });
  return rows.map(({ id }) => id);
}

/** What waits for an answer, oldest first. */
export async function waitingAsks(db: Db, managementClusterId: string, limit: number) {
  return db.ask.findMany({
    where: { managementClusterId, state: "waiting" },
    orderBy: { askedAt: "asc" },
    take: limit,
  });
}

export type StoredAsk = Awaited<ReturnType<typeof waitingAsks>>[number];

/** Answers a question once; whoever comes second writes nothing. */
export async function answerAsk(
  db: Db,
  id: string,
  given: { answer: unknown } | { error: string },
  now: Date,
): Promise<void> {
  const data =
    "error" in given
      ? { state: "failed", error: given.error }
      : { state: "done", answer: given.answer === null ? undefined : (given.answer as object) };
  await db.ask.updateMany({ where: { id, state: "waiting" }, data: { ...data, answeredAt: now } });
}

export async function findAsks(db: Db, ids: readonly string[]) {
  return db.ask.findMany({ where: { id: { in: [...ids] } } });
}

/** How many objects a person had reconciled since then: the limit counts these. */
export async function countReconciles(db: Db, login: string, since: Date): Promise<number> {
  return db.ask.count({ where: { login, verb: "reconcile", askedAt: { gte: since } } });
}
