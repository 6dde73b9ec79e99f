import type { ApiCluster } from "../api-cluster.ts";

/** Namespace deletion and garbage collection, which kube-controller-manager does on a real cluster. */
export function watchOver(_cluster: ApiCluster): void {
  return;
}
