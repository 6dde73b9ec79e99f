/** What the reconciliation pages are given: plain JSON, dates as ISO 8601 strings. */
import type { Mark } from "../domain/cluster/mark.ts";
import type { FluxDetail } from "../domain/flux/flux-details.ts";
import type { FacetValue } from "./views.ts";

export const fluxFacets = ["state", "kind", "home", "environment", "team"] as const;
export type FluxFacet = (typeof fluxFacets)[number];
export const fluxSorts = ["state", "name", "kind", "cluster", "since"] as const;
export type FluxSort = (typeof fluxSorts)[number];

export interface FluxListParams {
  text: string;
  /** Slug-less name of a cluster; "management" for the management cluster's own; "" for all. */
  cluster: string;
  filters: Partial<Record<FluxFacet, string[]>>;
  sort: FluxSort;
  descending: boolean;
  /** 1-based. */
  page: number;
  /** ≤ 200. */
  pageSize: number;
}

/** How a demand to reconcile stands. */
export type Demand = "none" | "asked" | "handled";

export interface FluxListRow {
  id: string;
  kind: string;
  namespace: string;
  name: string;
  home: "management" | "workload";
  cluster: { slug: string; name: string } | null;
  mark: Mark;
  moving: boolean;
  suspended: boolean;
  message: string | null;
  revision: string | null;
  since: string;
  demand: Demand;
}

export interface FluxList {
  rows: FluxListRow[];
  matched: number;
  /** Objects the person may see at all. */
  total: number;
  facets: Record<FluxFacet, FacetValue[]>;
}

/** Another object, where it is known a link to it. */
export interface FluxLink {
  id: string | null;
  label: string;
  mark: Mark | null;
}

export interface FluxObjectView extends FluxListRow {
  apiVersion: string;
  /** What its state last was and why nobody knows it now; null while it is known. */
  lastKnown: string | null;
  reason: string | null;
  blockedBy: FluxLink | null;
  source: FluxLink | null;
  dependsOn: FluxLink[];
  /** What waits for it: dependents, and what reads from it. */
  waiting: FluxLink[];
  path: string | null;
  details: FluxDetail[];
  attemptedRevision: string | null;
  /** The commit of its revision, where it is one of the fleet repository's. */
  commit: { sha: string; title: string; author: string; at: string; change: number | null } | null;
  intervalSeconds: number | null;
  appliedAt: string | null;
  requestedAt: string | null;
  handledAt: string | null;
  /** What it applied. */
  inventory: { kind: string; group: string; namespace: string; name: string }[];
  /** May the person have it reconciled now? The reason if not. */
  reconcile: { allowed: boolean; reason: string | null };
  /** Is it a source that others read from? */
  isSource: boolean;
}
