import { listVisibleClusters, searchClusters, type StoredCluster } from "../db/clusters.ts";
import { scopeOf } from "../domain/access/actor.ts";
import { compareVersions } from "../domain/capi/version.ts";
import { clusterSlug } from "../domain/cluster/slug.ts";
import { compareGroups, countFacets, groupOf, passes } from "./cluster-facets.ts";
import { shownMark } from "./cluster-mark.ts";
import { toClusterRow } from "./cluster-row.ts";
import type { ReadContext } from "./context.ts";
import { readCauses } from "./read-causes.ts";
import type {
  ClusterFacet,
  ClusterList,
  ClusterListParams,
  ClusterRow,
  ClusterSort,
  TroubleView,
} from "./views.ts";

interface Ranked {
  row: ClusterRow;
  rank: number;
}

/** The clusters the actor may see, searched, filtered, counted, sorted and cut into pages. */
export async function listClusters(ctx: ReadContext, params: ClusterListParams): Promise<ClusterList> {
  const { db, actor, now } = ctx;
  const scope = scopeOf(actor);
  const text = params.text.trim();
  const [stored, found] = await Promise.all([
    listVisibleClusters(db, scope),
    text === "" ? null : searchClusters(db, scope, text),
  ]);
  const cause = params.cause ? await findCause(ctx, stored, params.cause) : undefined;
  const explained = cause === undefined ? null : new Set(cause?.clusters.map(({ slug }) => slug));
  const wanted = found === null ? null : new Set(found);
  const ranked = stored
    .filter(({ id }) => wanted === null || wanted.has(id))
    .filter((one) => explained === null || explained.has(clusterSlug(one)))
    .map((one) => rank(one, now));
  const matched = ranked.filter(({ row }) => passes(row, params.filters)).sort(comparison(params));
  const start = (params.page - 1) * params.pageSize;
  const rows = matched.slice(start, start + params.pageSize).map(({ row }) => row);
  return {
    rows,
    ...(params.group && { groups: groupsOf(rows, matched, params.group) }),
    matched: matched.length,
    total: stored.length,
    facets: countFacets(
      ranked.map(({ row }) => row),
      params.filters,
    ),
    ...(cause === undefined ? {} : { cause }),
  };
}

/** A cause by its key; null once nothing is in trouble for it any more. */
async function findCause(
  ctx: ReadContext,
  clusters: readonly StoredCluster[],
  key: string,
): Promise<TroubleView | null> {
  return (await readCauses(ctx, clusters)).find((cause) => cause.key === key) ?? null;
}

function groupsOf(rows: readonly ClusterRow[], matched: readonly Ranked[], facet: ClusterFacet) {
  const counts: Record<string, number> = {};
  for (const { row } of matched) {
    const group = groupOf(row, facet);
    counts[group] = (counts[group] ?? 0) + 1;
  }
  return { of: Object.fromEntries(rows.map((row) => [row.id, groupOf(row, facet)])), counts };
}

function rank(stored: StoredCluster, now: Date): Ranked {
  return { row: toClusterRow(stored, now), rank: shownMark(stored, now).rank };
}

type Compare = (a: Ranked, b: Ranked) => number;

const text = (value: string | null): string => value ?? "\uffff";
/** What has no value comes last. */
const number = (value: number | null): number => value ?? Number.MAX_SAFE_INTEGER;
const time = (value: string | null): number => (value === null ? Number.MAX_SAFE_INTEGER : Date.parse(value));

const comparisons: Record<ClusterSort, Compare> = {
  state: (a, b) => a.rank - b.rank,
  name: () => 0,
  version: (a, b) => compareVersions(versionOf(a), versionOf(b)),
  nodes: (a, b) => number(a.row.nodesDesired) - number(b.row.nodesDesired),
  team: (a, b) => text(a.row.team).localeCompare(text(b.row.team)),
  expires: (a, b) => time(a.row.expiresAt) - time(b.row.expiresAt),
  seen: (a, b) => time(a.row.lastSeenAt) - time(b.row.lastSeenAt),
};

/** By group, by what was asked, then by name, so that the order never changes by itself. */
function comparison(params: ClusterListParams): Compare {
  const { group } = params;
  const within = sorting(params);
  return group ? (a, b) => compareGroups(a.row, b.row, group) || within(a, b) : within;
}

function sorting({ sort, descending }: ClusterListParams): Compare {
  const sign = descending ? -1 : 1;
  const byName: Compare = (a, b) =>
    a.row.name.localeCompare(b.row.name, "en", { numeric: true }) ||
    a.row.namespace.localeCompare(b.row.namespace);
  if (sort === "name") return (a, b) => sign * byName(a, b);
  return (a, b) => sign * comparisons[sort](a, b) || byName(a, b);
}

function versionOf({ row }: Ranked): string {
  return row.observedVersion ?? row.desiredVersion ?? "v0.0.0";
}
