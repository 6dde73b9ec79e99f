import type { Support } from "./support-of.ts";
import type { PartRow } from "./parts-by-environment.ts";
import type { Matrix } from "./version-matrix.ts";

export interface ClusterLink {
  slug: string;
  name: string;
}

/** A cluster whose version is out of support, or will be soon. */
export interface AgingCluster extends ClusterLink {
  environment: string;
  team: string | null;
  provider: string;
  version: string;
  support: Support;
}

/** Clusters that run another version than Git asks for. */
export interface VersionMove {
  from: string;
  to: string;
  environment: string;
  /** True where what runs is newer: the provider upgraded by itself. */
  ahead: boolean;
  count: number;
  /** The first of them by name. */
  clusters: ClusterLink[];
}

export interface PoolBehind {
  cluster: ClusterLink;
  environment: string;
  pool: string;
  version: string;
  controlPlane: string;
  /** Minors between pool and control plane; null where a major lies between them. */
  minorsBehind: number | null;
}

/** What the page Versions is given; plain JSON. */
export interface FleetVersions {
  /** Clusters the person may see. */
  total: number;
  matrix: Matrix;
  /** Clusters of which no version is known, by environment. */
  unknown: Record<string, number>;
  aging: { total: number; clusters: AgingCluster[] };
  moves: VersionMove[];
  poolsBehind: { total: number; pools: PoolBehind[] };
  /** Flux's controllers, and Helm releases. */
  flux: PartRow[];
  addOns: PartRow[];
  /** Clusters of whose Flux nothing is known, by environment. */
  fluxUnknown: Record<string, number>;
}
