import type { Condition } from "../conditions.ts";

export type Severity = "Error" | "Warning" | "Info";

/** Something a provider says about one of its objects. */
export interface ProviderReport {
  kind: string;
  name: string;
  ready: boolean | null;
  severity: Severity | null;
  reason: string | null;
  message: string | null;
  since: string | null;
}

export interface ControlPlaneFacts {
  kind: string;
  name: string;
  desiredVersion: string | null;
  observedVersion: string | null;
  replicas: number | null;
  readyReplicas: number | null;
  /** The control plane's own verdict; null where its kind gives none. */
  report: ProviderReport;
  conditions: Condition[];
}

export interface PoolFacts {
  kind: "MachinePool" | "MachineDeployment";
  name: string;
  displayName: string;
  mode: string | null;
  size: string | null;
  min: number | null;
  max: number | null;
  desired: number | null;
  /** Nodes it has, ready or not. */
  existing: number | null;
  ready: number | null;
  desiredVersion: string | null;
  observedVersion: string | null;
  phase: string | null;
  /** Worst report of its infrastructure. */
  report: ProviderReport | null;
}

/** All that Cluster API and its provider say about one live cluster, in our words. */
export interface ClusterFacts {
  namespace: string;
  name: string;
  uid: string;
  createdAt: string | null;
  deletingSince: string | null;
  paused: boolean;
  /** People's word for the provider: "AKS", "Dev" … */
  provider: string;
  labels: Record<string, string>;
  infrastructureProvisioned: boolean;
  controlPlaneInitialized: boolean;
  /** `status.conditions` of the Cluster, whichever contract wrote them. */
  conditions: Condition[];
  topology: boolean;
  desiredVersion: string | null;
  observedVersion: string | null;
  /** Provider moved it past what Git asks for (auto-upgrade). */
  ahead: boolean;
  controlPlane: ControlPlaneFacts | null;
  pools: PoolFacts[];
  nodesDesired: number | null;
  nodesReady: number | null;
  /** Reports of provider objects (ASO), the worst first. */
  reports: ProviderReport[];
  /** Where its API server should answer, once known. */
  endpoint: boolean;
}
