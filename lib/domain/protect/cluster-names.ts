import { textAt } from "../repository/loose.ts";
import type { Applied } from "./applied.ts";
import { managementHome, type Fleet } from "./read-fleet.ts";

/** Says which cluster an object is about; null for what several share. */
export type ClusterNames = (one: Applied) => string | null;

/** By the object's own word, else by the namespace: each cluster has its own (gitops-reference §3.1). */
export function clusterNames(...fleets: Fleet[]): ClusterNames {
  const byNamespace = new Map<string, Set<string>>();
  for (const one of fleets.flatMap(({ applied }) => [...applied.values()].flat())) {
    if (!isCluster(one)) continue;
    byNamespace.set(one.namespace, (byNamespace.get(one.namespace) ?? new Set()).add(one.name));
  }
  return (one) => {
    if (one.target !== managementHome) return one.target;
    if (isCluster(one)) return one.name;
    const labels = one.object.metadata.labels;
    const said =
      textAt(one.object, "spec", "clusterName") ??
      labels?.["cluster.x-k8s.io/cluster-name"] ??
      labels?.["fleetwright.dev/cluster"];
    if (said !== undefined) return said;
    const namespace = one.group === "" && one.kind === "Namespace" ? one.name : one.namespace;
    const there = [...(byNamespace.get(namespace) ?? [])];
    return there.length === 1 ? (there[0] ?? null) : null;
  };
}

const isCluster = ({ group, kind }: Applied): boolean => group === "cluster.x-k8s.io" && kind === "Cluster";
