/** One node pool as Git describes it. */
export interface PoolFacts {
  /** Name people know: AKS's own (`pool0`) or the object's without the cluster's prefix. */
  name: string;
  /** Name of the MachinePool or MachineDeployment; of the topology entry where a ClusterClass makes it. */
  objectName: string;
  kind: "MachinePool" | "MachineDeployment";
  /** AKS: System | User. */
  mode: string | null;
  size: string | null;
  /** Autoscaler bounds; null without autoscaling. */
  min: number | null;
  max: number | null;
  replicas: number | null;
  version: string | null;
}

/** What a cluster's files in Git say, as far as they say it. */
export interface ClusterFacts {
  name: string;
  namespace: string;
  environment: string | null;
  region: string | null;
  team: string | null;
  owner: string | null;
  purpose: string | null;
  /** ISO 8601 as written; not checked. */
  expiresAt: string | null;
  /** `aks-standard@3`. */
  template: string | null;
  /** `aks` (ASO), `aks-managed` (AzureManaged*), `dev`, else the infrastructure kind. */
  provider: string;
  /** Version of the control plane. */
  desiredVersion: string | null;
  /** AKS tier of the control plane. */
  tier: string | null;
  pools: PoolFacts[];
  podCidr: string | null;
  serviceCidr: string | null;
  /** Range of the node subnet, where an existing one is used. */
  nodeCidr: string | null;
  dnsServiceIp: string | null;
  /** Pods have addresses of their own only inside the cluster: their range collides with nobody's. */
  podsOverlay: boolean;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  /** Line of the Cluster object in cluster.yaml. */
  line: number;
}

/** A cluster of the fleet, or one an open pull request asks for. */
export type KnownCluster = Pick<
  ClusterFacts,
  "name" | "region" | "team" | "expiresAt" | "podCidr" | "nodeCidr" | "podsOverlay"
> & {
  /** Number of the open pull request that asks for it; null for a cluster that is there. */
  request: number | null;
};
