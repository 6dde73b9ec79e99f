import { toneWords } from "../domain/cluster/tone-words.ts";
import { minorOf } from "../domain/capi/version.ts";
import {
  clusterFacets,
  type ClusterFacet,
  type ClusterListParams,
  type ClusterRow,
  type FacetValue,
} from "./views.ts";

type Filters = ClusterListParams["filters"];

/** What a filter compares, for each filter; clusters without a value answer to "none". */
const valueOf: Record<ClusterFacet, (row: ClusterRow) => string> = {
  state: ({ mark }) => mark.tone,
  environment: ({ environment }) => environment ?? none,
  region: ({ region }) => region ?? none,
  team: ({ team }) => team ?? none,
  version: ({ observedVersion, desiredVersion }) => minorOf(observedVersion ?? desiredVersion) ?? none,
  template: ({ template }) => template ?? none,
  provider: ({ provider }) => provider,
};

const none = "none";

/** A version is also filtered by its patch, as links of the page Versions do; the rail offers minors only. */
const exactVersion = ({ observedVersion, desiredVersion }: ClusterRow): string =>
  observedVersion ?? desiredVersion ?? none;

/** Heading of the group a row belongs to; a state's is its words, as in the filter. */
export function groupOf(row: ClusterRow, facet: ClusterFacet): string {
  const value = valueOf[facet](row);
  if (facet !== "state") return value === none ? `No ${facet}` : value;
  return toneWords.find(({ tone }) => tone === value)?.word ?? value;
}

/** Where a group stands among the others: states worst first, versions newest first, what has no value last. */
export function compareGroups(a: ClusterRow, b: ClusterRow, facet: ClusterFacet): number {
  const [one, other] = [valueOf[facet](a), valueOf[facet](b)];
  if (facet === "state") return toneOrder(one) - toneOrder(other);
  return Number(one === none) - Number(other === none) || compareValues(facet, one, other);
}

const toneOrder = (tone: string): number => toneWords.findIndex((one) => one.tone === tone);

/** Does a row pass all filters (but one)? Values of one filter are alternatives. */
export function passes(row: ClusterRow, filters: Filters, except?: ClusterFacet): boolean {
  return clusterFacets.every((facet) => {
    const wanted = filters[facet];
    if (facet === except || wanted === undefined || wanted.length === 0) return true;
    return (
      wanted.includes(valueOf[facet](row)) || (facet === "version" && wanted.includes(exactVersion(row)))
    );
  });
}

/** Values of every filter with their counts: each counts what the other filters let through. */
export function countFacets(
  rows: readonly ClusterRow[],
  filters: Filters,
): Record<ClusterFacet, FacetValue[]> {
  const facets = clusterFacets.map((facet) => [facet, countFacet(rows, filters, facet)] as const);
  return Object.fromEntries(facets) as Record<ClusterFacet, FacetValue[]>;
}

function countFacet(rows: readonly ClusterRow[], filters: Filters, facet: ClusterFacet): FacetValue[] {
  const counts = new Map<string, number>();
  // A chosen value stays to be seen, and to be unchosen, when nothing has it.
  for (const value of filters[facet] ?? []) counts.set(value, 0);
  for (const row of rows) {
    if (!passes(row, filters, facet)) continue;
    const value = valueOf[facet](row);
    counts.set(value, (counts.get(value) ?? 0) + 1);
    const exact = facet === "version" ? exactVersion(row) : value;
    const chosen = counts.get(exact);
    if (exact !== value && chosen !== undefined) counts.set(exact, chosen + 1);
  }
  const values = [...counts].map(([value, count]): FacetValue => ({ value, label: value, count }));
  if (facet === "state") return byTone(values);
  return values.sort((a, b) => order(a) - order(b) || compareValues(facet, a.value, b.value));
}

function byTone(values: FacetValue[]): FacetValue[] {
  return toneWords.flatMap(({ tone, word }) => {
    const found = values.find(({ value }) => value === tone);
    return found ? [{ ...found, label: word.replace(" or ", ", "), tone }] : [];
  });
}

const order = ({ value }: FacetValue): number => Number(value === none);

function compareValues(facet: ClusterFacet, a: string, b: string): number {
  const ascending = a.localeCompare(b, "en", { numeric: true });
  return facet === "version" ? -ascending : ascending;
}
