import type { Tone } from "../cluster/mark.ts";
import type { CausalObject } from "../cluster/root-causes.ts";

/** A cluster with its mark (mark-of) and what Cluster API or its provider says of it. */
export interface ClusterNode {
  id: string;
  namespace: string;
  name: string;
  tone: Tone;
  rank: number;
  word: string;
  cause: string | null;
  causeKey: string | null;
  since: string;
  /** Word of the health axis, with reason and message. */
  health: string;
  healthReason: string | null;
  healthMessage: string | null;
}

/** A Flux object and what it hangs on. */
export interface FluxNode extends CausalObject {
  /** The row's: address of its page. */
  id: string;
  /** Null for the management cluster's own. */
  clusterId: string | null;
  /** The management cluster it is on, or whose cluster it is on: names are unique within one only. */
  managementClusterId: string;
  /** `namespace/name` of the same kind. */
  dependsOn: readonly string[];
  sourceKind: string | null;
  sourceNamespace: string | null;
  sourceName: string | null;
  /** Commit of its last attempt. */
  attemptedSha: string | null;
}

export interface Inventory {
  clusters: readonly ClusterNode[];
  flux: readonly FluxNode[];
}

/** Ranks before this one want somebody's attention (mark-of); what moves or waits does not. */
const worstCalmRank = 7;

export const isUnhealthy = ({ rank }: { rank: number }): boolean => rank < worstCalmRank;
