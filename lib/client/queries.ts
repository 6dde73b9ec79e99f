import { queryOptions } from "@tanstack/react-query";
import type {
  AuditList,
  AuditParams,
  ChangeDetail,
  ChangeList,
  ChangeListParams,
  ClusterDetail,
  ClusterList,
  ClusterListParams,
  FleetOverview,
  HealthView,
  JobsView,
  SavedViews,
  PeopleView,
  ShellView,
} from "../queries/views.ts";
import type { CommitDetail, CommitList, CommitListParams } from "../queries/commit-views.ts";
import type { FluxList, FluxListParams, FluxObjectView } from "../queries/flux-views.ts";
import type { TimelineRange } from "../domain/timeline/timeline-range.ts";
import type { ClusterTimeline, FleetMoment, FleetTimeline } from "../domain/timeline/timeline-views.ts";
import type { FleetVersions } from "../domain/versions/fleet-versions.ts";
import { auditSearch } from "./audit-params.ts";
import { changeListSearch } from "./change-list-params.ts";
import { clusterListSearch } from "./cluster-list-params.ts";
import { commitListSearch } from "./commit-list-params.ts";
import { fetchJson } from "./fetch-json.ts";
import { fluxListSearch } from "./flux-list-params.ts";
import { queryKeys } from "./query-keys.ts";

/** Every view the browser keeps: its key, and where it is read again. Pages put the first value there. */
export const queries = {
  shell: () =>
    queryOptions({
      queryKey: queryKeys.shell(),
      queryFn: ({ signal }) => fetchJson<ShellView>("/api/v1/shell", signal),
      // "synced 4 s" grows old without any event; five requests a minute and tab, only while it is looked at.
      refetchInterval: 12_000,
    }),
  fleet: () =>
    queryOptions({
      queryKey: queryKeys.fleet(),
      queryFn: ({ signal }) => fetchJson<FleetOverview>("/api/v1/fleet", signal),
    }),
  clusters: (params: ClusterListParams) =>
    queryOptions({
      queryKey: queryKeys.clusters(params),
      queryFn: ({ signal }) => fetchJson<ClusterList>(`/api/v1/clusters${clusterListSearch(params)}`, signal),
    }),
  views: () =>
    queryOptions({
      queryKey: queryKeys.views(),
      queryFn: ({ signal }) => fetchJson<SavedViews>("/api/v1/views", signal),
      staleTime: 60_000,
    }),
  cluster: (slug: string) =>
    queryOptions({
      queryKey: queryKeys.cluster(slug),
      queryFn: ({ signal }) =>
        fetchJson<ClusterDetail>(`/api/v1/clusters/${encodeURIComponent(slug)}`, signal),
    }),
  changes: (params: ChangeListParams) =>
    queryOptions({
      queryKey: queryKeys.changes(params),
      queryFn: ({ signal }) => fetchJson<ChangeList>(`/api/v1/changes${changeListSearch(params)}`, signal),
    }),
  change: (number: number) =>
    queryOptions({
      queryKey: queryKeys.change(number),
      queryFn: ({ signal }) => fetchJson<ChangeDetail>(`/api/v1/changes/${number}`, signal),
    }),
  fluxObjects: (params: FluxListParams) =>
    queryOptions({
      queryKey: queryKeys.fluxObjects(params),
      queryFn: ({ signal }) => fetchJson<FluxList>(`/api/v1/flux${fluxListSearch(params)}`, signal),
    }),
  fluxObject: (id: string) =>
    queryOptions({
      queryKey: queryKeys.fluxObject(id),
      queryFn: ({ signal }) => fetchJson<FluxObjectView>(`/api/v1/flux/${encodeURIComponent(id)}`, signal),
    }),
  /** Asked of the API server through the engine, so only where somebody looks, and not again by itself. */
  lookAt: (id: string, verb: "object" | "events") =>
    queryOptions({
      queryKey: ["lookAt", id, verb],
      queryFn: ({ signal }) => fetchJson<unknown>(`/api/v1/flux/${encodeURIComponent(id)}/${verb}`, signal),
      staleTime: 5_000,
      retry: false,
    }),
  // History is read again by the minute, not by the event: a hundred digits a cluster are too many for each.
  timeline: (range: TimelineRange) =>
    queryOptions({
      queryKey: queryKeys.timeline(range),
      queryFn: ({ signal }) => fetchJson<FleetTimeline>(`/api/v1/timeline?range=${range}`, signal),
      refetchInterval: 60_000,
    }),
  moment: (at: string) =>
    queryOptions({
      queryKey: queryKeys.moment(at),
      queryFn: ({ signal }) =>
        fetchJson<FleetMoment>(`/api/v1/timeline?at=${encodeURIComponent(at)}`, signal),
    }),
  clusterTimeline: (slug: string, range: TimelineRange) =>
    queryOptions({
      queryKey: queryKeys.clusterTimeline(slug, range),
      queryFn: ({ signal }) =>
        fetchJson<ClusterTimeline>(
          `/api/v1/clusters/${encodeURIComponent(slug)}/timeline?range=${range}`,
          signal,
        ),
      refetchInterval: 30_000,
    }),
  versions: () =>
    queryOptions({
      queryKey: queryKeys.versions(),
      queryFn: ({ signal }) => fetchJson<FleetVersions>("/api/v1/versions", signal),
    }),
  commits: (params: CommitListParams) =>
    queryOptions({
      queryKey: queryKeys.commits(params),
      queryFn: ({ signal }) => fetchJson<CommitList>(`/api/v1/commits${commitListSearch(params)}`, signal),
    }),
  commit: (sha: string) =>
    queryOptions({
      queryKey: queryKeys.commit(sha),
      queryFn: ({ signal }) => fetchJson<CommitDetail>(`/api/v1/commits/${encodeURIComponent(sha)}`, signal),
    }),
  health: () =>
    queryOptions({
      queryKey: queryKeys.health(),
      queryFn: ({ signal }) => fetchJson<HealthView>("/api/v1/settings/health", signal),
      // Heartbeats are no events.
      refetchInterval: 10_000,
    }),
  jobs: () =>
    queryOptions({
      queryKey: queryKeys.jobs(),
      queryFn: ({ signal }) => fetchJson<JobsView>("/api/v1/settings/jobs", signal),
      // The queue's tables are not ours: nothing tells of them.
      refetchInterval: 5_000,
    }),
  people: () =>
    queryOptions({
      queryKey: queryKeys.people(),
      queryFn: ({ signal }) => fetchJson<PeopleView>("/api/v1/settings/people", signal),
      // Who signs in and out is no event.
      refetchInterval: 10_000,
    }),
  audit: (params: AuditParams) =>
    queryOptions({
      queryKey: queryKeys.audit(params),
      queryFn: ({ signal }) => fetchJson<AuditList>(`/api/v1/settings/audit${auditSearch(params)}`, signal),
    }),
};
