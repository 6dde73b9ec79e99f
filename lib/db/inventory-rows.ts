import type { NodeFacts } from "../domain/cluster/read-node.ts";
import type { UnreadKind } from "../domain/cluster/unread-kind.ts";

/**
 * Rows of the inventory as the sync engine writes them: keys are column names, times ISO 8601. `hash` is made by
 * the writer's caller over everything else, so an unchanged row is not written.
 */
export interface ClusterData {
  id: string;
  managementClusterId: string;
  namespace: string;
  name: string;
  uid: string | null;
  requestedBy: number | null;
  inGit: boolean;
  live: boolean;
  environment: string | null;
  region: string | null;
  team: string | null;
  owner: string | null;
  purpose: string | null;
  template: string | null;
  expiresAt: string | null;
  provider: string;
  labels: Record<string, string>;
  desiredVersion: string | null;
  observedVersion: string | null;
  minor: string | null;
  nodesReady: number | null;
  nodesDesired: number | null;
  controlPlane: unknown;
  lifecycle: string;
  lifecycleDetail: string | null;
  lifecycleSince: string;
  health: string;
  healthReason: string | null;
  healthMessage: string | null;
  healthSince: string;
  sync: string | null;
  syncReason: string | null;
  syncMessage: string | null;
  syncSince: string | null;
  contact: string;
  contactMessage: string | null;
  contactSince: string | null;
  tone: string;
  rank: number;
  word: string;
  cause: string | null;
  causeKey: string | null;
  markSince: string;
  moving: boolean;
  ahead: boolean;
  fluxTotal: number;
  fluxSynced: number;
  revision: string | null;
  revisionAt: string | null;
  behindBy: number | null;
  behindSince: string | null;
  conditions: unknown;
  /** RBAC rules that our account lacks on it. */
  missingRules: unknown;
  nodes: readonly NodeFacts[];
  unread: readonly UnreadKind[];
  hash: string;
  deletedAt: string | null;
}

export interface PoolData {
  id: string;
  clusterId: string;
  kind: string;
  name: string;
  displayName: string;
  mode: string | null;
  size: string | null;
  minReplicas: number | null;
  maxReplicas: number | null;
  desiredReplicas: number | null;
  readyReplicas: number | null;
  desiredVersion: string | null;
  observedVersion: string | null;
  phase: string | null;
  tone: string;
  word: string;
  message: string | null;
}

export interface FluxData {
  id: string;
  managementClusterId: string;
  clusterId: string | null;
  home: string;
  /** "management", or the workload cluster's id. */
  homeKey: string;
  kind: string;
  apiVersion: string;
  namespace: string;
  name: string;
  uid: string;
  role: string | null;
  sync: string | null;
  moving: boolean;
  reason: string | null;
  message: string | null;
  since: string;
  blockedBy: string | null;
  suspended: boolean;
  path: string | null;
  sourceKind: string | null;
  sourceNamespace: string | null;
  sourceName: string | null;
  dependsOn: string[];
  revision: string | null;
  attemptedRevision: string | null;
  sha: string | null;
  intervalSeconds: number | null;
  appliedAt: string | null;
  inventory: string[];
  details: { label: string; value: string }[];
  requestedAt: string | null;
  handledAt: string | null;
  hash: string;
}

export interface WorkloadData {
  id: string;
  clusterId: string;
  kind: string;
  namespace: string;
  name: string;
  desired: number;
  ready: number;
  tone: string;
  word: string;
  message: string | null;
  images: string[];
  hash: string;
}

export interface MilestoneData {
  clusterId: string;
  /** "" for steps before the Cluster object exists. */
  uid: string;
  step: string;
  at: string;
  detail: string | null;
}

/** A stretch of time in which a cluster was one thing; still open. */
export interface IntervalData {
  clusterId: string;
  uid: string;
  axis: "state" | "version" | "revision";
  value: string;
  tone: string | null;
  detail: string | null;
  from: string;
}

export interface IncarnationData {
  clusterId: string;
  uid: string;
  firstSeen: string;
}
