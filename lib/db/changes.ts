import type { Db } from "./client.ts";
import { Prisma } from "./generated/client.ts";
import { channel } from "./notify.ts";

export interface ChangeData {
  repositoryId: string;
  number: number;
  title: string;
  body: string;
  state: "open" | "merged" | "closed";
  draft: boolean;
  kind: string;
  author: string;
  requestedBy: string | null;
  url: string;
  headRef: string;
  headSha: string;
  baseRef: string;
  baseSha: string;
  mergeable: boolean | null;
  mergeableState: string | null;
  mergeCommit: string | null;
  mergedBy: string | null;
  openedAt: Date;
  updatedAt: Date;
  closedAt: Date | null;
  mergedAt: Date | null;
  additions: number;
  deletions: number;
  clusters: string[];
  teams: string[];
  meta: unknown;
}

interface ChangeFileData {
  path: string;
  status: string;
  additions: number;
  deletions: number;
  patch: string | null;
}

export interface ChangeCheckData {
  name: string;
  headSha: string;
  baseSha: string | null;
  status: string;
  conclusion: string | null;
  title: string | null;
  summary: string | null;
  required: boolean;
  ours: boolean;
  at: Date;
}

export interface ChangeReviewData {
  forgeId: bigint;
  login: string;
  state: string;
  commitSha: string | null;
  body: string | null;
  submittedAt: Date;
}

export interface ChangeRecord extends ChangeData {
  id: string;
  readAt: Date;
  files: ChangeFileData[];
  checks: ChangeCheckData[];
  reviews: ChangeReviewData[];
}

export interface ChangeParts {
  files: ChangeFileData[];
  reviews: ChangeReviewData[];
}

type Tx = Pick<Db, "change" | "commit" | "changeFile" | "changeCheck" | "changeReview" | "$executeRaw">;

/** The database's clock, one for all replicas. */
export async function databaseNow(db: Db): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  return row?.now ?? new Date();
}

/**
 * Writes a pull request with its files and reviews in one transaction, and tells the pages. `readAt` is when the
 * reading of it began ({@link databaseNow}): what a later reading found already is never overwritten by an older one.
 */
export async function saveChange(db: Db, data: ChangeData, parts: ChangeParts, readAt: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    const { repositoryId, number } = data;
    const key = `change:${repositoryId}:${String(number)}`;
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
    const where = { repositoryId_number: { repositoryId, number } };
    const known = await tx.change.findUnique({ where, select: { readAt: true } });
    if (known && known.readAt > readAt) return;
    const row = { ...data, meta: data.meta ? (data.meta as Prisma.InputJsonValue) : Prisma.DbNull, readAt };
    const { id } = await tx.change.upsert({
      where,
      create: row,
      update: row,
      select: { id: true },
    });
    await nameMergeCommit(tx, data);
    await tx.changeFile.deleteMany({ where: { changeId: id } });
    await tx.changeFile.createMany({
      data: parts.files.map((file, position) => ({ ...file, changeId: id, position })),
    });
    await tx.changeReview.deleteMany({ where: { changeId: id } });
    await tx.changeReview.createMany({ data: parts.reviews.map((review) => ({ ...review, changeId: id })) });
    await tell(tx, id);
  });
}

/** History is read before pull requests, and only guesses from a commit's title which one it merged. */
async function nameMergeCommit(
  tx: Tx,
  { repositoryId, number, state, mergeCommit }: ChangeData,
): Promise<void> {
  if (state !== "merged" || mergeCommit === null) return;
  const other = { OR: [{ changeNumber: null }, { changeNumber: { not: number } }] };
  const where = { repositoryId, sha: mergeCommit, ...other };
  await tx.commit.updateMany({ where, data: { changeNumber: number } });
}

/**
 * Replaces the checks of a change; tells the pages when anything they show differs. The forge does not say when a base
 * that moved brought a conflict or took it away: what we found by merging counts, and where it differs the forge is
 * asked again (mergeable null).
 */
export async function saveChecks(
  db: Db,
  changeId: string,
  { checks, conflicts }: { checks: ChangeCheckData[]; conflicts: boolean },
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count: turned } = await tx.change.updateMany({
      where: conflicts
        ? { id: changeId, OR: [{ mergeable: true }, { mergeable: null }] }
        : { id: changeId, mergeable: false },
      data: { mergeable: conflicts ? false : null },
    });
    const before = await tx.changeCheck.findMany({ where: { changeId } });
    const shown = (rows: ChangeCheckData[]): string =>
      JSON.stringify(
        rows
          .map(({ name, headSha, status, conclusion, title, summary, required }) => [
            name,
            headSha,
            status,
            conclusion,
            title,
            summary,
            required,
          ])
          .sort(),
      );
    await tx.changeCheck.deleteMany({ where: { changeId } });
    await tx.changeCheck.createMany({ data: checks.map((check) => ({ ...check, changeId })) });
    if (turned > 0 || shown(before) !== shown(checks)) await tell(tx, changeId);
  });
}

async function tell(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${channel}, ${JSON.stringify({ topic: "change", id })})`;
}

const parts = {
  files: { orderBy: { position: "asc" } },
  checks: { orderBy: { name: "asc" } },
  reviews: { orderBy: { submittedAt: "asc" } },
} as const;

const recordOf = <T extends { state: string }>(row: T): T & { state: ChangeData["state"] } => ({
  ...row,
  state: row.state === "merged" || row.state === "closed" ? row.state : "open",
});

/** One change with everything that belongs to it. */
export async function findChangeRecord(
  db: Db,
  repositoryId: string,
  number: number,
): Promise<ChangeRecord | null> {
  const row = await db.change.findUnique({
    where: { repositoryId_number: { repositoryId, number } },
    include: parts,
  });
  return row ? recordOf(row) : null;
}

/** All open changes, oldest first. */
export async function openChanges(db: Db, repositoryId: string): Promise<ChangeRecord[]> {
  const rows = await db.change.findMany({
    where: { repositoryId, state: "open" },
    include: parts,
    orderBy: { number: "asc" },
  });
  return rows.map(recordOf);
}

/** When each known pull request was last updated on the forge, as far as we read it. */
export async function knownUpdates(
  db: Db,
  repositoryId: string,
  numbers: number[],
): Promise<Map<number, { updatedAt: Date; state: string; headSha: string }>> {
  const rows = await db.change.findMany({
    where: { repositoryId, number: { in: numbers } },
    select: { number: true, updatedAt: true, state: true, headSha: true },
  });
  return new Map(rows.map(({ number, ...row }) => [number, row]));
}

/** Which of these changes a commit merged, by merge commit. */
export async function changesByMergeCommit(db: Db, repositoryId: string): Promise<Map<string, number>> {
  const rows = await db.change.findMany({
    where: { repositoryId, mergeCommit: { not: null } },
    select: { number: true, mergeCommit: true },
  });
  return new Map(rows.map(({ number, mergeCommit }) => [mergeCommit ?? "", number]));
}
