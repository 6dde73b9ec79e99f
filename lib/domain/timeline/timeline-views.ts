import type { Mark, Tone } from "../cluster/mark.ts";
import type { TimelineRange } from "./timeline-range.ts";

export interface StripRow {
  slug: string;
  name: string;
  environment: string | null;
  /** One digit a bucket : its place in `stripTones`, from 1; 0 where nothing was recorded. */
  strip: string;
}

/** The fleet over time; plain JSON, a hundred digits a cluster. */
export interface FleetTimeline {
  range: TimelineRange;
  from: string;
  to: string;
  bucketMs: number;
  /** First moment recorded of the clusters the person sees; null: none. */
  since: string | null;
  /** Worst now first. */
  rows: StripRow[];
  /** Clusters by tone in each bucket, in the order of `stripTones`. */
  counts: number[][];
}

export interface MomentRow {
  /** Null where the cluster is gone since, so that there is no page to open. */
  slug: string | null;
  id: string;
  name: string;
  environment: string | null;
  team: string | null;
  /** Null: nothing was recorded at that moment. */
  mark: Mark | null;
  cause: string | null;
  from: string | null;
  /** Null: it still lasts. */
  to: string | null;
  version: string | null;
  revision: string | null;
}

/** Every cluster as it was at one moment. */
export interface FleetMoment {
  /** Null where the moment could not be answered; then `problem` says why. */
  at: string | null;
  problem: string | null;
  since: string | null;
  counts: { tone: Tone | null; word: string; count: number }[];
  rows: MomentRow[];
}

export interface Segment {
  value: string;
  tone: Tone | null;
  detail: string | null;
  from: string;
  /** Null: it still lasts. */
  to: string | null;
  /** Until when it was seen, for one that lasts: the management cluster may be silent since. */
  seenUntil: string;
}

/** One cluster's recorded history, exact. */
export interface ClusterTimeline {
  range: TimelineRange;
  from: string;
  to: string;
  since: string | null;
  state: Segment[];
  version: Segment[];
  revision: Segment[];
  /** Older segments of the range were left out. */
  truncated: boolean;
}
