import type { Db } from "./client.ts";
import type { Prisma } from "./generated/client.ts";

type IntentState = "planned" | "opened" | "failed";

/** What somebody wants to change; survives any crash between the click and the pull request. */
export interface IntentRow {
  id: string;
  repositoryId: string;
  kind: string;
  login: string;
  userId: string | null;
  team: string | null;
  cluster: string | null;
  branch: string;
  title: string;
  body: string;
  message: string;
  baseSha: string;
  files: Record<string, string | null>;
  state: IntentState;
  error: string | null;
  changeNumber: number | null;
  createdAt: Date;
}

export interface NewIntent extends Omit<IntentRow, "state" | "error" | "changeNumber" | "createdAt"> {
  idempotencyKey: string;
  input: unknown;
}

type Stored = Awaited<ReturnType<Db["intent"]["findUniqueOrThrow"]>>;

const rowOf = (row: Stored): IntentRow => ({
  ...row,
  // Written by planIntent alone.
  files: row.files as Record<string, string | null>,
  state: row.state as IntentState,
});

/**
 * Stores an intent once per idempotency key: a doubled or retried submission gets the first one's row back,
 * whatever it asks for.
 */
export async function planIntent(db: Db, intent: NewIntent): Promise<IntentRow> {
  const data = { ...intent, files: intent.files, input: intent.input as Prisma.InputJsonValue };
  await db.intent.createMany({ data: [data], skipDuplicates: true });
  return rowOf(await db.intent.findUniqueOrThrow({ where: { idempotencyKey: intent.idempotencyKey } }));
}

/**
 * Ends what the same person asked for the same cluster before and what came to no pull request: he changed the form
 * after a failure, and would get both once the forge is well again.
 */
export async function supersedeIntents(db: Db, intent: IntentRow): Promise<void> {
  const { id, repositoryId, login, kind, cluster } = intent;
  await db.intent.updateMany({
    where: { repositoryId, login, kind, cluster, state: "planned", id: { lt: id } },
    data: { state: "failed", error: "A later request for the same cluster took its place." },
  });
}

export async function findIntentByKey(db: Db, idempotencyKey: string): Promise<IntentRow | null> {
  const row = await db.intent.findUnique({ where: { idempotencyKey } });
  return row ? rowOf(row) : null;
}

/** Intents whose pull request is not known yet, oldest first. */
export async function unfinishedIntents(db: Db, repositoryId: string): Promise<IntentRow[]> {
  const rows = await db.intent.findMany({
    where: { repositoryId, state: "planned" },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(rowOf);
}

/** Intents behind these pull requests; they say who asked, whatever became of the body. */
export async function intentsOf(
  db: Db,
  repositoryId: string,
  numbers: number[],
): Promise<Map<number, IntentRow>> {
  const rows = await db.intent.findMany({ where: { repositoryId, changeNumber: { in: numbers } } });
  return new Map(rows.map((row) => [row.changeNumber ?? 0, rowOf(row)]));
}

export async function markIntentOpened(db: Db, id: string, changeNumber: number): Promise<void> {
  await db.intent.update({ where: { id }, data: { state: "opened", changeNumber, error: null } });
}

/** `terminal` ends the intent; anything else leaves it planned, to be tried again. */
export async function markIntentFailed(db: Db, id: string, error: string, terminal: boolean): Promise<void> {
  await db.intent.update({ where: { id }, data: { error, ...(terminal ? { state: "failed" } : {}) } });
}

/** Requests whose pull request is not known yet, oldest first, as Settings shows them. */
export async function listUnfinishedRequests(
  db: Db,
): Promise<Pick<IntentRow, "id" | "title" | "login" | "createdAt" | "error">[]> {
  return db.intent.findMany({
    where: { state: "planned" },
    orderBy: { createdAt: "asc" },
    take: 100,
    select: { id: true, title: true, login: true, createdAt: true, error: true },
  });
}
