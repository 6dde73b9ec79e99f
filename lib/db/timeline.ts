import type { Scope } from "../domain/access/actor.ts";
import { stripTones } from "../domain/timeline/strip.ts";
import type { Buckets } from "../domain/timeline/timeline-range.ts";
import type { Db } from "./client.ts";
import { Prisma } from "./generated/client.ts";

/** Silence of the management cluster after which the present is not recorded any more (lib/queries/cluster-mark). */
const staleAfterSeconds = 120;

const ofScope = (scope: Scope): Prisma.Sql =>
  scope.all ? Prisma.sql`true` : Prisma.sql`c.team = ANY(${scope.teams}::text[])`;

/** Until when an open interval was seen: now, or the last answer of a management cluster that has gone silent. */
const seenUntil = (now: Date): Prisma.Sql => Prisma.sql`
  CASE WHEN c.live AND coalesce(m."lastContactAt", '-infinity') < ${now}::timestamptz - make_interval(secs => ${staleAfterSeconds})
    THEN coalesce(m."lastContactAt", i."from") ELSE ${now}::timestamptz END`;

const joined = Prisma.sql`"ClusterInterval" i JOIN "Cluster" c ON c.id = i."clusterId"
  JOIN "ManagementCluster" m ON m.id = c."managementClusterId"`;

/** First moment recorded of what the scope sees. */
export async function historySince(db: Db, scope: Scope): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ since: Date | null }[]>`
    SELECT min(i."from") AS since FROM "ClusterInterval" i JOIN "Cluster" c ON c.id = i."clusterId"
    WHERE i.axis = 'state' AND ${ofScope(scope)}`;
  return row?.since ?? null;
}

export interface StoredStrip {
  namespace: string;
  name: string;
  environment: string | null;
  strip: string;
}

/**
 * One digit a bucket and cluster: the worst tone recorded in it, 0 where nothing was. The worst now come first. Zeros
 * are added and grouped rather than joined: the planner knows no size of what is made here, and would loop.
 */
export async function listStrips(db: Db, scope: Scope, { from, to, bucketMs, count }: Buckets, now: Date) {
  const width = bucketMs / 1000;
  const open = seenUntil(now);
  return db.$queryRaw<StoredStrip[]>`
    WITH span AS (
      SELECT i."clusterId", coalesce(array_position(${[...stripTones]}::text[], i.tone), ${stripTones.indexOf("unknown") + 1}) AS severity,
        extract(epoch FROM greatest(i."from", ${from}::timestamptz) - ${from}::timestamptz) AS low,
        extract(epoch FROM least(coalesce(i."to", ${open}), ${to}::timestamptz) - ${from}::timestamptz) AS high
      FROM ${joined}
      WHERE ${ofScope(scope)} AND c."deletedAt" IS NULL AND i.axis = 'state'
        AND i."from" < ${to}::timestamptz AND coalesce(i."to", ${open}) > ${from}::timestamptz
    ), cell AS (
      SELECT id, n, max(severity) AS severity FROM (
        SELECT c.id, n, 0 AS severity FROM "Cluster" c, generate_series(0, ${count}::int - 1) AS n
        WHERE ${ofScope(scope)} AND c."deletedAt" IS NULL
        UNION ALL
        SELECT "clusterId", n, severity
        FROM span, generate_series(floor(low / ${width})::int, ceil(high / ${width})::int - 1) AS n
      ) AS every GROUP BY 1, 2
    ), strips AS (
      SELECT id, string_agg(severity::text, '' ORDER BY n) AS strip FROM cell GROUP BY 1
    )
    SELECT c.namespace, c.name, c.environment, strips.strip FROM strips JOIN "Cluster" c ON c.id = strips.id
    ORDER BY c.rank, c.name, c.namespace`;
}

export interface StoredMomentRow {
  id: string;
  namespace: string;
  name: string;
  environment: string | null;
  team: string | null;
  gone: boolean;
  word: string | null;
  tone: string | null;
  cause: string | null;
  from: Date | null;
  to: Date | null;
  version: string | null;
  revision: string | null;
}

/** Every cluster that existed at a moment, those gone since too, with what was recorded of it then. */
export async function listMoment(db: Db, scope: Scope, at: Date, now: Date): Promise<StoredMomentRow[]> {
  const then = (axis: string): Prisma.Sql => Prisma.sql`
    LEFT JOIN LATERAL (
      SELECT i.value, i.tone, i.detail, i."from", i."to" FROM "ClusterInterval" i
      WHERE i."clusterId" = c.id AND i.axis = ${axis} AND i."from" <= ${at}::timestamptz
        AND coalesce(i."to", ${seenUntil(now)}) >= ${at}::timestamptz AND (i."to" IS NULL OR i."to" > ${at}::timestamptz)
      ORDER BY i."from" DESC LIMIT 1)`;
  return db.$queryRaw<StoredMomentRow[]>`
    SELECT c.id::text AS id, c.namespace, c.name, c.environment, c.team, c."deletedAt" IS NOT NULL AS gone,
      s.value AS word, s.tone, s.detail AS cause, s."from", s."to", v.value AS version, r.value AS revision
    FROM "Cluster" c JOIN "ManagementCluster" m ON m.id = c."managementClusterId"
    ${then("state")} s ON true ${then("version")} v ON true ${then("revision")} r ON true
    WHERE ${ofScope(scope)} AND (s.value IS NOT NULL
      OR (c."createdAt" <= ${at}::timestamptz AND (c."deletedAt" IS NULL OR c."deletedAt" > ${at}::timestamptz)))
    ORDER BY array_position(${[...stripTones]}::text[], s.tone) DESC NULLS LAST, c.name, c.namespace LIMIT 5000`;
}

export interface StoredSegment {
  axis: string;
  value: string;
  tone: string | null;
  detail: string | null;
  from: Date;
  to: Date | null;
  seenUntil: Date;
}

/** A cluster's intervals that reach into a stretch of time, the newest first. */
export async function listSegments(
  db: Db,
  scope: Scope,
  cluster: { namespace: string; name: string },
  { from, now, limit }: { from: Date; now: Date; limit: number },
): Promise<StoredSegment[]> {
  return db.$queryRaw<StoredSegment[]>`
    SELECT i.axis, i.value, i.tone, i.detail, i."from", i."to", coalesce(i."to", ${seenUntil(now)}) AS "seenUntil"
    FROM ${joined}
    WHERE ${ofScope(scope)} AND c."deletedAt" IS NULL AND c.namespace = ${cluster.namespace} AND c.name = ${cluster.name}
      AND (i."to" IS NULL OR i."to" > ${from}::timestamptz)
    ORDER BY i."from" DESC LIMIT ${limit}`;
}
