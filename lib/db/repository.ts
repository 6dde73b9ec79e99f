import type { Problem } from "../domain/repository/problem.ts";
import type { Db } from "./client.ts";
import { Prisma } from "./generated/client.ts";
import { channel } from "./notify.ts";

/** The fleet repository as last read. */
export interface RepositoryRow {
  id: string;
  fullName: string;
  defaultBranch: string;
  headSha: string | null;
  headAt: Date | null;
  fetchedAt: Date | null;
  fetchError: string | null;
  polledAt: Date | null;
  pollError: string | null;
  config: unknown;
  prices: unknown;
  templates: unknown;
  problems: unknown;
  protection: unknown;
}

export interface RepositoryContent {
  headSha: string;
  headAt: Date;
  config: unknown;
  prices: unknown;
  templates: unknown[];
  problems: Problem[];
}

export interface CommitRow {
  sha: string;
  parents: string[];
  paths: string[];
  title: string;
  author: string;
  authoredAt: Date;
  changeNumber: number | null;
}

/** The row of the configured repository; made when it is seen for the first time. */
export async function ensureRepository(
  db: Db,
  fullName: string,
  defaultBranch: string,
): Promise<RepositoryRow> {
  return db.fleetRepository.upsert({
    where: { fullName },
    create: { fullName, defaultBranch },
    update: { defaultBranch },
  });
}

/** Null before the engine ran for the first time. */
export async function findRepository(db: Db, fullName?: string): Promise<RepositoryRow | null> {
  return db.fleetRepository.findFirst({
    ...(fullName === undefined ? {} : { where: { fullName } }),
    orderBy: { id: "asc" },
  });
}

const json = (value: unknown): Prisma.InputJsonValue | typeof Prisma.DbNull =>
  value === null || value === undefined ? Prisma.DbNull : value;

/** Writes what the head of the default branch says, and tells the pages. */
export async function saveRepositoryContent(db: Db, id: string, content: RepositoryContent): Promise<void> {
  const { headSha, headAt, config, prices, templates, problems } = content;
  await db.fleetRepository.update({
    where: { id },
    data: {
      headSha,
      headAt,
      config: json(config),
      prices: json(prices),
      templates: templates as Prisma.InputJsonArray,
      problems: problems as unknown as Prisma.InputJsonArray,
    },
  });
  await tellRepository(db, id);
}

/** Notes how the last fetch and the last poll ended; pages are told only when an error came or went. */
export async function saveRepositoryContact(
  db: Db,
  id: string,
  contact: Partial<Pick<RepositoryRow, "fetchedAt" | "fetchError" | "polledAt" | "pollError">>,
): Promise<void> {
  const before = await db.fleetRepository.findUniqueOrThrow({
    where: { id },
    select: { fetchError: true, pollError: true },
  });
  await db.fleetRepository.update({ where: { id }, data: contact });
  const after = { ...before, ...contact };
  if (after.fetchError !== before.fetchError || after.pollError !== before.pollError)
    await tellRepository(db, id);
}

/** Notes what the forge just answered us elsewhere, as if the poll had met it; the next poll that ends well takes it back. */
export async function notePollError(db: Db, fullName: string, pollError: string): Promise<void> {
  const known = await db.fleetRepository.findUnique({ where: { fullName }, select: { id: true } });
  if (known) await saveRepositoryContact(db, known.id, { pollError });
}

/** Whether the engine's last poll of the forge failed: others then look sooner whether it is back. */
export async function isForgeDoubtful(db: Db, fullName: string): Promise<boolean> {
  const row = await db.fleetRepository.findUnique({ where: { fullName }, select: { pollError: true } });
  return row != null && row.pollError !== null;
}

/** What the forge's protection lacks, one sentence each. */
export async function saveProtectionGaps(db: Db, id: string, gaps: string[]): Promise<void> {
  await db.fleetRepository.update({ where: { id }, data: { protection: gaps } });
}

/** The newest stored commit of the default branch. */
export async function lastCommit(
  db: Db,
  repositoryId: string,
): Promise<{ sha: string; position: number } | null> {
  return db.commit.findFirst({
    where: { repositoryId },
    orderBy: { position: "desc" },
    select: { sha: true, position: true },
  });
}

/** Appends commits after `from` (−1 for the first), or replaces all history when `replace` (a forced push). */
export async function saveCommits(
  db: Db,
  repositoryId: string,
  input: { commits: CommitRow[]; from: number; replace: boolean },
): Promise<void> {
  const { commits, from, replace } = input;
  await db.$transaction(async (tx) => {
    if (replace) await tx.commit.deleteMany({ where: { repositoryId } });
    const rows = commits.map((commit, index) => ({ ...commit, repositoryId, position: from + 1 + index }));
    await tx.commit.createMany({ data: rows, skipDuplicates: true });
  });
}

async function tellRepository(db: Db, id: string): Promise<void> {
  await db.$executeRaw`SELECT pg_notify(${channel}, ${JSON.stringify({ topic: "repository", id })})`;
}

/** The newest commits of the default branch that no pull request brought, newest first. */
export async function latestPushes(
  db: Db,
  limit: number,
): Promise<{ sha: string; title: string; author: string; authoredAt: Date }[]> {
  return db.commit.findMany({
    where: { changeNumber: null },
    orderBy: { position: "desc" },
    take: limit,
    select: { sha: true, title: true, author: true, authoredAt: true },
  });
}
