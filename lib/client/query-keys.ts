import type { CommitListParams } from "../queries/commit-views.ts";
import type { TimelineRange } from "../domain/timeline/timeline-range.ts";
import type { FluxListParams } from "../queries/flux-views.ts";
import type { AuditParams, ChangeListParams, ClusterListParams } from "../queries/views.ts";

/** Keys of all views; the first part is what a live event invalidates. */
export const queryKeys = {
  shell: () => ["shell"] as const,
  fleet: () => ["fleet"] as const,
  clusters: (params: ClusterListParams) => ["clusters", params] as const,
  views: () => ["views"] as const,
  cluster: (slug: string) => ["cluster", slug] as const,
  changes: (params: ChangeListParams) => ["changes", params] as const,
  change: (number: number) => ["change", number] as const,
  fluxObjects: (params: FluxListParams) => ["fluxObjects", params] as const,
  fluxObject: (id: string) => ["fluxObject", id] as const,
  timeline: (range: TimelineRange) => ["timeline", range] as const,
  moment: (at: string) => ["moment", at] as const,
  clusterTimeline: (slug: string, range: TimelineRange) => ["clusterTimeline", slug, range] as const,
  versions: () => ["versions"] as const,
  commits: (params: CommitListParams) => ["commits", params] as const,
  commit: (sha: string) => ["commit", sha] as const,
  health: () => ["health"] as const,
  jobs: () => ["jobs"] as const,
  people: () => ["people"] as const,
  audit: (params: AuditParams) => ["audit", params] as const,
};

export type View = keyof typeof queryKeys;

/** Topics of `/api/events`. */
export const topics = ["cluster", "change", "flux", "management", "repository", "commit"] as const;
export type Topic = (typeof topics)[number];

/** Which views a topic makes old: ids are opaque here, so a whole view is read again where it is open. */
export const viewsOfTopic: Record<Topic, View[]> = {
  cluster: [
    "shell",
    "fleet",
    "clusters",
    "cluster",
    "change",
    "commit",
    "health",
    "fluxObjects",
    "fluxObject",
    "versions",
  ],
  change: ["shell", "fleet", "changes", "change", "cluster", "clusters", "audit"],
  flux: ["fleet", "clusters", "cluster", "change", "commit", "fluxObjects", "fluxObject", "versions"],
  management: ["shell", "fleet", "health"],
  repository: ["shell", "fleet", "clusters", "cluster", "changes", "change", "health", "commits", "commit"],
  commit: ["commits", "commit"],
};

export const allViews = Object.keys(queryKeys) as View[];
