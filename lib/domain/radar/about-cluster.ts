import type { BuiltObject } from "../protect/built-path.ts";
import { textAt } from "../repository/loose.ts";

/** The cluster an object says it is about; null where it says none. */
export function aboutCluster(object: BuiltObject): string | null {
  const { apiVersion, kind, metadata } = object;
  if (kind === "Cluster" && apiVersion.startsWith("cluster.x-k8s.io/")) return metadata.name;
  return (
    metadata.labels?.["fleetwright.dev/cluster"] ??
    metadata.labels?.["cluster.x-k8s.io/cluster-name"] ??
    textAt(object, "spec", "clusterName") ??
    textAt(object, "spec", "kubeConfig", "secretRef", "name")?.replace(/-kubeconfig$/, "") ??
    null
  );
}
