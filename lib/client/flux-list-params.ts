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
import { fluxFacets, fluxSorts } from "../queries/flux-views.ts";
import type { FluxFacet, FluxListParams } from "../queries/flux-views.ts";

const facet = parseAsArrayOf(parseAsString).withDefault([]);

/** The address of the reconciliation explorer: the same in the page's URL and in `/api/v1/flux`. */
export const fluxListParsers = {
  text: parseAsString.withDefault(""),
  cluster: parseAsString.withDefault(""),
  state: facet,
  kind: facet,
  home: facet,
  environment: facet,
  team: facet,
  sort: parseAsStringLiteral(fluxSorts).withDefault("state"),
  desc: parseAsBoolean.withDefault(false),
  page: parseAsInteger.withDefault(1),
  size: parseAsInteger.withDefault(100),
};

type Address = Pick<FluxListParams, "text" | "cluster" | "sort" | "page"> & {
  desc: boolean;
  size: number;
} & Record<FluxFacet, string[]>;

const load = createLoader(fluxListParsers);
const serialize = createSerializer(fluxListParsers);

export const loadFluxListParams = (from: LoaderInput): FluxListParams => toFluxParams(load(from));

/** From the parsed address to what the query takes; out-of-range pages are brought into range. */
export function toFluxParams(address: Address): FluxListParams {
  const filters: FluxListParams["filters"] = {};
  for (const name of fluxFacets) if (address[name].length > 0) filters[name] = address[name].slice(0, 50);
  return {
    text: address.text.slice(0, 200),
    cluster: address.cluster,
    filters,
    sort: address.sort,
    descending: address.desc,
    page: Math.min(10_000, Math.max(1, address.page)),
    pageSize: Math.min(200, Math.max(1, address.size)),
  };
}

/** "?…" for these params; "" where all is default. */
export const fluxListSearch = (params: FluxListParams): string =>
  serialize({
    text: params.text,
    cluster: params.cluster,
    ...Object.fromEntries(fluxFacets.map((name) => [name, params.filters[name] ?? []])),
    sort: params.sort,
    desc: params.descending,
    page: params.page,
    size: params.pageSize,
  });
