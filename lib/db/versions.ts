import type { Scope } from "../domain/access/actor.ts";
import type { Db } from "./client.ts";
import { Prisma } from "./generated/client.ts";

/** Clusters the scope may see. */
const visible = (scope: Scope): Prisma.Sql =>
  scope.all
    ? Prisma.sql`c."deletedAt" IS NULL`
    : Prisma.sql`c."deletedAt" IS NULL AND c.team = ANY(${scope.teams}::text[])`;
const environment = Prisma.sql`coalesce(c.environment, 'none')`;
/** What a cluster counts as: what runs, or what is asked for while nothing runs. */
const version = Prisma.sql`coalesce(c."observedVersion", c."desiredVersion")`;
/** major, minor and patch as numbers that SQL can order; null for text that is no version. */
const numbers = (column: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`string_to_array(substring(${column} from '^v?([0-9]{1,6}[.][0-9]{1,6}[.][0-9]{1,6})'), '.')::int[]`;

export async function countVersions(db: Db, scope: Scope) {
  return db.$queryRaw<{ version: string | null; environment: string; provider: string; count: number }[]>`
    SELECT ${version} AS version, ${environment} AS environment, c.provider, count(*)::int AS count
    FROM "Cluster" c WHERE ${visible(scope)} GROUP BY 1, 2, 3`;
}

export interface StoredMove {
  from: string;
  to: string;
  environment: string;
  ahead: boolean;
  count: number;
  clusters: { namespace: string; name: string }[];
}

/** Where what runs is not what Git asks for, by both versions; of each the first few clusters by name. */
export async function listMoves(db: Db, scope: Scope, named: number): Promise<StoredMove[]> {
  return db.$queryRaw<StoredMove[]>`
    SELECT c."observedVersion" AS "from", c."desiredVersion" AS "to", ${environment} AS environment, c.ahead,
      count(*)::int AS count,
      to_jsonb((array_agg(jsonb_build_object('namespace', c.namespace, 'name', c.name) ORDER BY c.name))[1:${named}]) AS clusters
    FROM "Cluster" c
    WHERE ${visible(scope)} AND c."observedVersion" <> c."desiredVersion"
    GROUP BY 1, 2, 3, 4 ORDER BY count(*) DESC, 1, 2, 3 LIMIT 200`;
}

export interface StoredPoolBehind {
  namespace: string;
  name: string;
  environment: string;
  pool: string;
  version: string;
  controlPlane: string;
  /** All such pools, of which these are the first. */
  total: number;
}

/** Pools whose machines run an older version than the control plane; the furthest behind first. */
export async function listPoolsBehind(db: Db, scope: Scope, limit: number): Promise<StoredPoolBehind[]> {
  const pool = numbers(Prisma.sql`p."observedVersion"`);
  const plane = numbers(Prisma.sql`c."observedVersion"`);
  return db.$queryRaw<StoredPoolBehind[]>`
    SELECT c.namespace, c.name, ${environment} AS environment, p."displayName" AS pool,
      p."observedVersion" AS version, c."observedVersion" AS "controlPlane", count(*) OVER ()::int AS total
    FROM "Pool" p JOIN "Cluster" c ON c.id = p."clusterId"
    WHERE ${visible(scope)} AND ${pool} < ${plane}
    ORDER BY (${plane})[1] - (${pool})[1] DESC, (${plane})[2] - (${pool})[2] DESC, c.name, c.namespace, p.name
    LIMIT ${limit}`;
}

export interface StoredAging {
  namespace: string;
  name: string;
  environment: string;
  team: string | null;
  provider: string;
  version: string;
  total: number;
}

/** Clusters that run one of these versions, the oldest version first. */
export async function listRunning(
  db: Db,
  scope: Scope,
  versions: readonly { version: string; provider: string }[],
  limit: number,
): Promise<StoredAging[]> {
  if (versions.length === 0) return [];
  return db.$queryRaw<StoredAging[]>`
    SELECT c.namespace, c.name, ${environment} AS environment, c.team, c.provider, ${version} AS version,
      count(*) OVER ()::int AS total
    FROM "Cluster" c
    JOIN jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) AS wanted(version text, provider text)
      ON wanted.version = ${version} AND wanted.provider = c.provider
    WHERE ${visible(scope)}
    ORDER BY ${numbers(version)} NULLS FIRST, c.name, c.namespace LIMIT ${limit}`;
}
