import type { Scope } from "../domain/access/actor.ts";
import { syncStates } from "../domain/flux/sync.ts";
import type { Db } from "./client.ts";
import { Prisma } from "./generated/client.ts";

/** Filters of the list by column; several values of one are alternatives. */
export interface FluxWanted {
  scope: Scope;
  /** A management cluster that answered last before this moment is silent: what it told is old. */
  silentBefore: Date;
  text: string;
  /** Name of a cluster; "management": the management cluster's own; "": all. */
  cluster: string;
  values: Partial<Record<FluxColumn, readonly string[]>>;
}
export type FluxColumn = "state" | "kind" | "home" | "environment" | "team";

/**
 * State as of now: Unknown where nobody reads the object any more. `whyOld` in lib/queries says the same of a row,
 * with the reason.
 */
const state = (silentBefore: Date): Prisma.Sql => Prisma.sql`CASE WHEN
    m."lastContactAt" IS NULL OR m."lastContactAt" < ${silentBefore}
    OR (f.home = 'workload' AND c.live AND (c.contact IN ('unreachable', 'not-readable')
      OR (c.contact <> 'ok' AND c.health = 'Unreachable')))
    OR c.unread @> jsonb_build_array(jsonb_build_object('home', f.home, 'kind', f.kind))
    OR (c.id IS NULL AND jsonb_path_exists(m.kinds, '$[*] ? (@.kind == $kind && @.unread != null)',
      jsonb_build_object('kind', f.kind)))
  THEN 'Unknown' ELSE coalesce(f.sync, 'none') END`;

/** The only SQL a column name becomes. */
const columns: Record<Exclude<FluxColumn, "state">, Prisma.Sql> = {
  kind: Prisma.sql`f.kind`,
  home: Prisma.sql`f.home`,
  environment: Prisma.sql`coalesce(c.environment, 'none')`,
  team: Prisma.sql`coalesce(c.team, 'none')`,
};
const orders = {
  name: Prisma.sql`f.name`,
  kind: Prisma.sql`f.kind`,
  cluster: Prisma.sql`coalesce(c.name, '')`,
  since: Prisma.sql`f.since`,
};

const columnOf = (column: FluxColumn, { silentBefore }: FluxWanted): Prisma.Sql =>
  column === "state" ? state(silentBefore) : columns[column];

const orderOf = (sort: FluxPage["sort"], { silentBefore }: FluxWanted): Prisma.Sql =>
  sort === "state"
    ? Prisma.sql`array_position(${["Unknown", ...syncStates]}::text[], ${state(silentBefore)})`
    : orders[sort];

const from = Prisma.sql`"FluxObject" f JOIN "ManagementCluster" m ON m.id = f."managementClusterId" LEFT JOIN "Cluster" c ON c.id = f."clusterId"`;

/** What the scope may see: a cluster's objects by its team; shared ones are for wide roles (decisions §4). */
function visible(scope: Scope): Prisma.Sql {
  return scope.all
    ? Prisma.sql`f."deletedAt" IS NULL`
    : Prisma.sql`f."deletedAt" IS NULL AND c.team = ANY(${scope.teams}::text[])`;
}

function where(given: FluxWanted, except?: FluxColumn): Prisma.Sql {
  const { scope, text, cluster, values } = given;
  const parts = [visible(scope)];
  for (const word of text.split(/\s+/).filter((one) => one !== "")) {
    const pattern = `%${word.replace(/[\\%_]/g, "\\$&")}%`;
    parts.push(
      Prisma.sql`concat_ws(' ', f.kind, f.namespace, f.name, f.message, f.reason, f.revision, f.path, c.name) ILIKE ${pattern}`,
    );
  }
  if (cluster === "management") parts.push(Prisma.sql`f."clusterId" IS NULL`);
  else if (cluster !== "") parts.push(Prisma.sql`c.name = ${cluster}`);
  for (const column of ["state", ...Object.keys(columns)] as FluxColumn[]) {
    const wanted = values[column];
    if (column === except || wanted === undefined || wanted.length === 0) continue;
    parts.push(Prisma.sql`${columnOf(column, given)} = ANY(${[...wanted]}::text[])`);
  }
  return Prisma.join(parts, " AND ");
}

export interface FluxPage {
  sort: keyof typeof orders | "state";
  descending: boolean;
  offset: number;
  limit: number;
}

/** Ids of one page, in order; by name where the sort leaves a choice, so that the order never changes by itself. */
export async function pageOfFlux(db: Db, wanted: FluxWanted, page: FluxPage): Promise<string[]> {
  const direction = page.descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT f.id::text AS id FROM ${from} WHERE ${where(wanted)}
    ORDER BY ${orderOf(page.sort, wanted)} ${direction} NULLS LAST, coalesce(c.name, ''), f.kind, f.namespace, f.name, f.id
    LIMIT ${page.limit} OFFSET ${page.offset}`;
  return rows.map(({ id }) => id);
}

export async function countFlux(db: Db, wanted: FluxWanted): Promise<{ matched: number; total: number }> {
  const [row] = await db.$queryRaw<{ matched: bigint; total: bigint }[]>`
    SELECT count(*) FILTER (WHERE ${where(wanted)}) AS matched, count(*) AS total FROM ${from}
    WHERE ${visible(wanted.scope)}`;
  return { matched: Number(row?.matched ?? 0), total: Number(row?.total ?? 0) };
}

/** Values of one filter with their counts, over what the other filters let through. */
export async function countFluxBy(
  db: Db,
  wanted: FluxWanted,
  column: FluxColumn,
): Promise<{ value: string; count: number }[]> {
  const rows = await db.$queryRaw<{ value: string; count: bigint }[]>`
    SELECT ${columnOf(column, wanted)} AS value, count(*) AS count FROM ${from} WHERE ${where(wanted, column)}
    GROUP BY 1 ORDER BY 1 LIMIT 200`;
  return rows.map(({ value, count }) => ({ value, count: Number(count) }));
}

const place = {
  ...{ name: true, namespace: true, team: true, deletedAt: true, live: true, unread: true },
  ...{ contact: true, contactMessage: true, contactSince: true, health: true, healthSince: true },
} as const;
const withCluster = {
  cluster: { select: place },
  managementCluster: { select: { lastContactAt: true, kinds: true } },
} as const;

export async function fluxByIds(db: Db, ids: readonly string[]) {
  const rows = await db.fluxObject.findMany({
    where: { id: { in: [...ids] } },
    omit: { inventory: true },
    include: withCluster,
  });
  const known = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => known.get(id) ?? []);
}

export type StoredFluxRow = Awaited<ReturnType<typeof fluxByIds>>[number];

/** One object with what it points to and what points to it, on its own API server; null where the scope hides it. */
export async function findVisibleFlux(db: Db, scope: Scope, id: string) {
  const found = await db.fluxObject.findFirst({
    where: {
      id,
      deletedAt: null,
      ...(scope.all ? {} : { cluster: { team: { in: scope.teams } } }),
    },
    include: withCluster,
  });
  if (!found) return null;
  const neighbours = await db.fluxObject.findMany({
    where: { managementClusterId: found.managementClusterId, homeKey: found.homeKey, deletedAt: null },
    omit: { inventory: true },
    include: withCluster,
    take: 5_000,
  });
  // On the management cluster an object's neighbours may be another team's clusters'.
  const seen = neighbours.filter(
    ({ cluster }) => scope.all || (cluster?.team != null && scope.teams.includes(cluster.team)),
  );
  const commit = found.sha === null ? null : await db.commit.findFirst({ where: { sha: found.sha } });
  return { found, neighbours: seen, commit };
}

export type FoundFlux = NonNullable<Awaited<ReturnType<typeof findVisibleFlux>>>;
