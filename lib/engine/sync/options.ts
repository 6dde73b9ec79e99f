import type { ClusterSources } from "../../domain/repository/read-cluster.ts";
import type { Db } from "../../db/client.ts";
import type { Connection } from "../../kubernetes/connection.ts";
import type { SyncMetrics } from "./metrics.ts";

/** What the sync engine asks of the fleet repository's local mirror; lib/server wires it. All answers are local. */
interface FleetFiles {
  /** Head of the default branch as last fetched; null before the first fetch. */
  head(): { sha: string } | null;
  /** Files of every cluster at head, by the cluster's name. */
  clusterFiles(): ReadonlyMap<string, ClusterSources>;
  /** Place of a commit in the default branch's first-parent order; null where it is not on it. */
  position(sha: string): number | null;
  /** Calls back after every move of head. Returns how to stop that. */
  onChange(callback: () => void): () => void;
}

interface SyncLogger {
  info(context: object, message: string): void;
  warn(context: object, message: string): void;
  error(context: object, message: string): void;
}

/** Rhythms in milliseconds; tests shorten them. */
export interface SyncTimings {
  /** How long changes are gathered before they are written. */
  debounceMs: number;
  /** How often states that depend on time are looked at again. */
  tickMs: number;
  /** How often an API server is asked whether it is there. */
  probeMs: number;
  /** Longest wait before a silent API server is tried again. */
  maxBackoffMs: number;
  deadlineMs: number;
  /** How often is asked what kinds are served, and in which versions. */
  discoveryMs: number;
  /** How old a list may grow before all is listed again, whatever the watch said. */
  resyncMs: number;
  /** How often a workload cluster's credentials are looked at; far more often than a token of an hour is spent. */
  credentialsMs: number;
  leadershipMs: number;
  heartbeatMs: number;
  /** How often open pull requests are looked at. */
  requestsMs: number;
  /** How often is looked for questions of people, whose coming is told besides. */
  asksMs: number;
}

export const defaultTimings: SyncTimings = {
  debounceMs: 200,
  tickMs: 15_000,
  probeMs: 10_000,
  maxBackoffMs: 60_000,
  deadlineMs: 10_000,
  discoveryMs: 60_000,
  resyncMs: 15 * 60_000,
  credentialsMs: 10 * 60_000,
  leadershipMs: 2_000,
  heartbeatMs: 5_000,
  requestsMs: 2_000,
  asksMs: 2_000,
};

export interface SyncOptions {
  db: Db;
  /** For the leadership lock: a connection that is not pooled per transaction. */
  databaseUrl: string;
  management: { slug: string; connection: Connection };
  git: FleetFiles;
  workloadAccess: "token" | "kubeconfig" | "none";
  /** Calls back when somebody asks an API server something. Returns how to stop that. */
  onAsk?: (callback: () => void) => () => void;
  logger: SyncLogger;
  metrics?: SyncMetrics;
  now?: () => Date;
  timings?: Partial<SyncTimings>;
  /** After how many rows of a flush a transaction is enough; tests shorten it. */
  rowsPerWrite?: number;
}

/** Options with every choice made. */
export interface SyncSettings extends Omit<SyncOptions, "now" | "timings" | "metrics" | "rowsPerWrite"> {
  metrics: SyncMetrics;
  now: () => Date;
  timings: SyncTimings;
  rowsPerWrite: number;
}

/** Something that was started and can be stopped; `close` may be called twice. */
export interface Running {
  close(): Promise<void>;
}
