import type { Mark } from "../domain/cluster/mark.ts";
import type { ReachState } from "../domain/radar/verdict-of.ts";

/** How far a commit has come, among the clusters the person may see. */
export interface ReachView {
  /** Whether its clusters are worked out: at work on it, done, or it is older than what is followed. */
  known: "pending" | "known" | "not-followed";
  total: number;
  applied: number;
  /** Seconds from the merge, of those whose moment was seen; null while there is none. */
  p50: number | null;
  p95: number | null;
}

export interface CommitRow {
  sha: string;
  title: string;
  author: string;
  /** When it was merged; ISO 8601. */
  at: string;
  /** The pull request that brought it, where the person may see it. */
  change: number | null;
  reach: ReachView;
}

export interface CommitList {
  rows: CommitRow[];
  matched: number;
}

export interface CommitListParams {
  page: number;
  pageSize: number;
}

/** One cluster a commit must reach. */
export interface CommitClusterRow {
  id: string;
  /** Null for the management cluster itself. */
  slug: string | null;
  name: string;
  team: string | null;
  environment: string | null;
  state: ReachState;
  mark: Mark;
  reason: string | null;
  /** The first Flux object that holds it up. */
  object: string | null;
  appliedAt: string | null;
  /** Seconds from the merge; null where the moment was not seen. */
  seconds: number | null;
}

export interface CommitDetail extends CommitRow {
  /** Commits of the branch after it. */
  behindHead: number;
  /** Paths it touches that the person may see, at most 500, and how many there are. */
  files: string[];
  fileCount: number;
  /** On the forge. */
  url: string | null;
  clusters: CommitClusterRow[];
}
