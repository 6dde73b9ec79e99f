import type { Neighbours } from "../../domain/capi/read-cluster-facts.ts";
import type { ClusterFacts } from "../../domain/cluster/facts.ts";
import type { UnreadKind } from "../../domain/cluster/unread-kind.ts";
import type { KubeObject } from "../../domain/kube-object.ts";
import type { FluxData } from "../../db/inventory-rows.ts";
import type { GitSide } from "./git-side.ts";
import type { MissingRule } from "./kind-book.ts";
import type { SourceRevision } from "./project-flux.ts";
import type { ClusterRecord } from "./records.ts";
import type { Contact } from "./workload-session.ts";

/** Everything that is known of one cluster. */
export interface ProjectionInput {
  managementClusterId: string;
  identity: { namespace: string; name: string };
  previous: ClusterRecord | null;
  /** The live Cluster object and what lies beside it. */
  object: KubeObject | null;
  near: Neighbours;
  managementFlux: readonly KubeObject[];
  /** Kinds of the management cluster that were never read: their rows stay as they are. */
  unread: ReadonlySet<string>;
  /** Kinds whose rows may be old, those among them. */
  stale: ReadonlySet<string>;
  /** Kinds that cannot be read now, on either API server. */
  unreadable: readonly UnreadKind[];
  /** Why no Cluster object can be read; null while they can. */
  blind: string | null;
  workload: {
    synced: boolean;
    /** Null before every kind was tried. */
    missingRules: MissingRule[] | null;
    unread: ReadonlySet<string>;
    flux: readonly KubeObject[];
    deployments: readonly KubeObject[];
    nodes: readonly KubeObject[];
    contact: Contact;
  } | null;
  /** Undefined while Git has not been read yet: what was known of it stays. */
  git: GitSide | null | undefined;
  request: { number: number; side: GitSide } | null;
  managementSource: SourceRevision;
  workloadSource: SourceRevision;
  position: (sha: string) => number | null;
  headPosition: number | null;
  now: Date;
}

/** Rows of one cluster, and what they were made from. */
export interface Projection {
  record: ClusterRecord;
  facts: ClusterFacts | null;
  objects: FluxData[];
}
