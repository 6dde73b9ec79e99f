import type { Scope } from "../domain/access/actor.ts";
import type { Db } from "./client.ts";
import { Prisma } from "./generated/client.ts";

/** A commit with how far it has come among the clusters the asker may see. */
export interface StoredReach {
  repositoryId: string;
  sha: string;
  position: number;
  /** Commits of the branch after it. */
  behind: number;
  title: string;
  author: string;
  /** Of the merge where a change brought it. */
  at: Date;
  changeNumber: number | null;
  targetsAt: Date | null;
  total: number;
  applied: number;
  /** Seconds from the merge of those whose moment is known. */
  seconds: number[];
}

/** The management cluster's own target is for wide roles, as everything several teams share (decisions §4). */
const visible = (scope: Scope): Prisma.Sql =>
  scope.all ? Prisma.sql`true` : Prisma.sql`cl.team = ANY(${scope.teams}::text[])`;

/** What no longer is there and never applied it is not waited for. */
const counted = Prisma.sql`(t."appliedAt" IS NOT NULL OR cl.id IS NULL OR cl."deletedAt" IS NULL)`;

const commits = Prisma.sql`
  "Commit" c LEFT JOIN LATERAL (
    SELECT max(ch."mergedAt") AS "mergedAt" FROM "Change" ch
    WHERE ch."repositoryId" = c."repositoryId" AND ch."mergeCommit" = c.sha) merged ON true`;

const select = (scope: Scope): Prisma.Sql => Prisma.sql`
  SELECT c."repositoryId"::text AS "repositoryId", c.sha, c.position,
    (SELECT max(h.position) FROM "Commit" h WHERE h."repositoryId" = c."repositoryId") - c.position AS behind, c.title, c.author,
    coalesce(merged."mergedAt", c."authoredAt") AS at, c."changeNumber", c."targetsAt", reach.*
  FROM ${commits} CROSS JOIN LATERAL (
    SELECT count(t.sha)::int AS total, count(t."appliedAt")::int AS applied,
      coalesce(array_agg(greatest(0, extract(epoch FROM t."appliedAt" - coalesce(merged."mergedAt", c."authoredAt")))::float8)
        FILTER (WHERE t.timed AND t."appliedAt" IS NOT NULL), '{}') AS seconds
    FROM "CommitTarget" t LEFT JOIN "Cluster" cl ON cl.id = t."clusterId"
    WHERE t."repositoryId" = c."repositoryId" AND t.sha = c.sha AND ${counted} AND ${visible(scope)}) reach`;

const ofScope = (scope: Scope): Prisma.Sql =>
  scope.all
    ? Prisma.sql`true`
    : Prisma.sql`EXISTS (SELECT 1 FROM "CommitTarget" t JOIN "Cluster" cl ON cl.id = t."clusterId"
        WHERE t."repositoryId" = c."repositoryId" AND t.sha = c.sha AND ${visible(scope)})`;

/** Newest first; for a narrow scope only those that reach a cluster of it. */
export async function pageOfCommits(
  db: Db,
  scope: Scope,
  { offset, limit }: { offset: number; limit: number },
): Promise<StoredReach[]> {
  return db.$queryRaw<StoredReach[]>`
    ${select(scope)} WHERE ${ofScope(scope)} ORDER BY c.position DESC, c.sha LIMIT ${limit} OFFSET ${offset}`;
}

export async function countCommits(db: Db, scope: Scope): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM "Commit" c WHERE ${ofScope(scope)}`;
  return Number(row?.count ?? 0);
}

/**
 * The newest commit whose sha begins so. A narrow scope sees it where it reaches one of its clusters, or where one of
 * them is at it: the sha is on that cluster's page already.
 */
export async function findReach(db: Db, scope: Scope, prefix: string): Promise<StoredReach | null> {
  const at = scope.all
    ? Prisma.sql`true`
    : Prisma.sql`(${ofScope(scope)} OR EXISTS (SELECT 1 FROM "FluxObject" f JOIN "Cluster" cl ON cl.id = f."clusterId"
        WHERE f.sha = c.sha AND cl.team = ANY(${scope.teams}::text[])))`;
  const [row] = await db.$queryRaw<StoredReach[]>`
    ${select(scope)} WHERE c.sha LIKE ${`${prefix}%`} AND ${at} ORDER BY c.position DESC LIMIT 1`;
  return row ?? null;
}

/** One cluster that a commit must reach; `clusterId` alone is known of the management cluster. */
export interface StoredTarget {
  clusterId: string;
  objects: string[];
  appliedAt: Date | null;
  timed: boolean;
  name: string | null;
  namespace: string | null;
  team: string | null;
  environment: string | null;
  deletedAt: Date | null;
  contact: string | null;
  contactMessage: string | null;
}

export async function targetsOfCommit(db: Db, scope: Scope, of: StoredReach): Promise<StoredTarget[]> {
  return db.$queryRaw<StoredTarget[]>`
    SELECT t."clusterId"::text AS "clusterId", t.objects, t."appliedAt", t.timed, cl.name, cl.namespace, cl.team,
      cl.environment, cl."deletedAt", cl.contact, cl."contactMessage"
    FROM "CommitTarget" t LEFT JOIN "Cluster" cl ON cl.id = t."clusterId"
    WHERE t."repositoryId" = ${of.repositoryId}::uuid AND t.sha = ${of.sha} AND ${visible(scope)}`;
}

/** A Kustomization that a target waits for, as it is now, with its commit's place; of a missing one only the key. */
export interface StoredWaiting {
  clusterId: string;
  key: string;
  id: string | null;
  sync: string | null;
  reason: string | null;
  message: string | null;
  since: Date | null;
  intervalSeconds: number | null;
  blockedBy: string | null;
  sha: string | null;
  place: number | null;
}

/** The Kustomizations of the commit's open targets. */
export async function waitingOf(db: Db, of: StoredReach): Promise<StoredWaiting[]> {
  return db.$queryRaw<StoredWaiting[]>`
    SELECT t."clusterId"::text AS "clusterId", o.key, f.id::text AS id, f.sync, f.reason, f.message, f.since,
      f."intervalSeconds", f."blockedBy", f.sha, applied.position AS place
    FROM "CommitTarget" t
    LEFT JOIN "Cluster" cl ON cl.id = t."clusterId"
    CROSS JOIN LATERAL unnest(t.objects) AS o(key)
    LEFT JOIN "FluxObject" f ON f."managementClusterId" = coalesce(cl."managementClusterId", t."clusterId")
      AND f.kind = 'Kustomization' AND f."deletedAt" IS NULL
      AND f."homeKey" = CASE WHEN ltrim(o.key, '?') LIKE 'workload/%' THEN t."clusterId"::text ELSE 'management' END
      AND f.namespace = split_part(o.key, '/', 2) AND f.name = split_part(o.key, '/', 3)
    LEFT JOIN "Commit" applied ON applied."repositoryId" = t."repositoryId" AND applied.sha = f.sha
    WHERE t."repositoryId" = ${of.repositoryId}::uuid AND t.sha = ${of.sha} AND t."appliedAt" IS NULL`;
}

/** Paths it touches, and the repository's name on the forge. */
export async function commitFacts(db: Db, { repositoryId, sha }: StoredReach) {
  const [commit, repository] = await Promise.all([
    db.commit.findUniqueOrThrow({
      where: { repositoryId_sha: { repositoryId, sha } },
      select: { paths: true },
    }),
    db.fleetRepository.findUniqueOrThrow({ where: { id: repositoryId }, select: { fullName: true } }),
  ]);
  return { paths: commit.paths, fullName: repository.fullName };
}
