import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { LoaderInput } from "nuqs/server";
import { clusterFacets, clusterSorts } from "../queries/views.ts";
import type { ClusterFacet, ClusterListParams } from "../queries/views.ts";

const facet = parseAsArrayOf(parseAsString).withDefault([]);

/** The address of the cluster list: one name per filter, the same in the page's URL and in `/api/v1/clusters`. */
export const clusterListParsers = {
  text: parseAsString.withDefault(""),
  state: facet,
  environment: facet,
  region: facet,
  team: facet,
  version: facet,
  template: facet,
  provider: facet,
  /** Key of a cause: the overview's lines lead here. */
  cause: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(clusterSorts).withDefault("state"),
  desc: parseAsBoolean.withDefault(false),
  group: parseAsStringLiteral(clusterFacets),
  /** Columns shown; absent: as the person last chose. */
  cols: parseAsArrayOf(parseAsString),
  page: parseAsInteger.withDefault(1),
  size: parseAsInteger.withDefault(100),
};

type Address = {
  text: string;
  cause: string;
  sort: ClusterListParams["sort"];
  desc: boolean;
  group: ClusterFacet | null;
  page: number;
  size: number;
} & Record<ClusterFacet, string[]>;

const load = createLoader(clusterListParsers);
const serialize = createSerializer(clusterListParsers);

/** From an address (URL, Request, URLSearchParams or Next's searchParams, awaited) to what the query takes. */
export const loadClusterListParams = (from: LoaderInput): ClusterListParams => toParams(load(from));

/** From the parsed address to what the query takes; out-of-range pages are brought into range. */
export function toParams(address: Address): ClusterListParams {
  const filters: ClusterListParams["filters"] = {};
  for (const name of clusterFacets) if (address[name].length > 0) filters[name] = address[name];
  return {
    text: address.text,
    filters,
    ...(address.cause === "" ? {} : { cause: address.cause }),
    sort: address.sort,
    descending: address.desc,
    ...(address.group && { group: address.group }),
    page: Math.max(1, address.page),
    pageSize: Math.min(200, Math.max(1, address.size)),
  };
}

/** "?…" for these params; "" where all is default. */
export const clusterListSearch = (params: ClusterListParams): string =>
  serialize({
    text: params.text,
    ...Object.fromEntries(clusterFacets.map((name) => [name, params.filters[name] ?? []])),
    cause: params.cause ?? "",
    sort: params.sort,
    desc: params.descending,
    group: params.group ?? null,
    page: params.page,
    size: params.pageSize,
  });
