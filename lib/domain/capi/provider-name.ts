const names: Record<string, string> = {
  AzureASOManagedControlPlane: "AKS",
  AzureManagedControlPlane: "AKS",
  AzureASOManagedCluster: "AKS",
  AzureManagedCluster: "AKS",
  AzureCluster: "Azure VMs",
  AWSManagedControlPlane: "EKS",
  AWSCluster: "EC2",
  GCPManagedControlPlane: "GKE",
  GCPCluster: "Google Cloud VMs",
  DevCluster: "Dev",
  DockerCluster: "Docker",
};

/** People's word for who runs the cluster; a kind we do not know keeps its own name. */
export function providerName(
  controlPlaneKind: string | undefined,
  infrastructureKind: string | undefined,
): string {
  const known = names[controlPlaneKind ?? ""] ?? names[infrastructureKind ?? ""];
  return known ?? infrastructureKind?.replace(/Cluster$/, "") ?? "unknown";
}
