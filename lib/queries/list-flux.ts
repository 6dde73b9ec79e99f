import {
  countFlux,
  countFluxBy,
  fluxByIds,
  pageOfFlux,
  type FluxWanted,
  type StoredFluxRow,
} from "../db/flux-list.ts";
import { scopeOf } from "../domain/access/actor.ts";
import type { Mark } from "../domain/cluster/mark.ts";
import { clusterSlug } from "../domain/cluster/slug.ts";
import { parseSyncState, syncMark, syncRank } from "../domain/flux/sync.ts";
import { silentBefore } from "./cluster-mark.ts";
import type { ReadContext } from "./context.ts";
import {
  fluxFacets,
  type Demand,
  type FluxFacet,
  type FluxList,
  type FluxListParams,
  type FluxListRow,
} from "./flux-views.ts";
import { asOld, whyOld } from "./why-old.ts";
import type { FacetValue } from "./views.ts";

/** The Flux objects the actor may see, searched, filtered, counted, sorted and cut into pages by the database. */
export async function listFlux({ db, actor, now }: ReadContext, params: FluxListParams): Promise<FluxList> {
  const { text, cluster, filters, sort, descending, page, pageSize } = params;
  const wanted: FluxWanted = {
    scope: scopeOf(actor),
    silentBefore: silentBefore(now),
    text,
    cluster,
    values: filters,
  };
  const [ids, counts, ...facets] = await Promise.all([
    pageOfFlux(db, wanted, { sort, descending, offset: (page - 1) * pageSize, limit: pageSize }),
    countFlux(db, wanted),
    ...fluxFacets.map((facet) => facetOf(db, wanted, facet, now)),
  ]);
  const rows = await fluxByIds(db, ids);
  return {
    rows: rows.map((row) => toFluxListRow(row, now)),
    ...counts,
    facets: Object.fromEntries(
      fluxFacets.map((facet, index) => [facet, facets[index] ?? []]),
    ) as FluxList["facets"],
  };
}

async function facetOf(
  db: ReadContext["db"],
  wanted: FluxWanted,
  facet: FluxFacet,
  now: Date,
): Promise<FacetValue[]> {
  const counted = await countFluxBy(db, wanted, facet);
  // A chosen value stays to be seen, and to be unchosen, when nothing has it.
  for (const value of wanted.values[facet] ?? [])
    if (!counted.some((one) => one.value === value)) counted.push({ value, count: 0 });
  if (facet !== "state")
    return counted.map(({ value, count }) => ({ value, label: labels[value] ?? value, count }));
  return counted
    .sort((a, b) => rankOf(a.value) - rankOf(b.value))
    .map(({ value, count }) => {
      const { tone, word } = markOfState(value, now);
      return { value, label: word, count, tone };
    });
}

const labels: Record<string, string> = { management: "Management cluster", workload: "Workload clusters" };

const rankOf = (value: string): number => {
  const state = parseSyncState(value);
  if (value === "Unknown") return -1;
  return state === null ? Number.MAX_SAFE_INTEGER : syncRank(state);
};

/** A state in general, as it looks once it has lasted. */
function markOfState(value: string, now: Date): Mark {
  if (value === "Unknown") return { tone: "unknown", word: value };
  const since = new Date(0).toISOString();
  return syncMark({ sync: parseSyncState(value), reason: null, since, intervalSeconds: null }, now);
}

function demandOf({ requestedAt, handledAt }: Pick<StoredFluxRow, "requestedAt" | "handledAt">): Demand {
  if (requestedAt === null) return "none";
  return requestedAt === handledAt ? "handled" : "asked";
}

export function toFluxListRow(row: StoredFluxRow, now: Date): FluxListRow {
  const { id, kind, namespace, name, home, moving, suspended, message, revision } = row;
  const since = row.since.toISOString();
  const { reason, intervalSeconds } = row;
  const known: FluxListRow = {
    id,
    kind,
    namespace,
    name,
    home: home === "workload" ? "workload" : "management",
    cluster: row.cluster && { slug: clusterSlug(row.cluster), name: row.cluster.name },
    mark: syncMark({ sync: parseSyncState(row.sync), reason, message, since, intervalSeconds }, now),
    moving,
    suspended,
    message,
    revision,
    since,
    demand: demandOf(row),
  };
  return asOld(known, whyOld(row, now));
}
