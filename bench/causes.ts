import { groupCauses } from "../lib/domain/causes/group-causes.ts";
import type { ClusterNode, FluxNode, Inventory } from "../lib/domain/causes/inventory.ts";

export interface CausesFigures {
  clusters: number;
  fluxObjects: number;
  causes: number;
  p50Ms: number;
  /** The same with 20 clusters. */
  smallP50Ms: number;
  ratio: number;
}

const now = new Date("2026-11-24T12:00:00Z");
const since = "2026-11-24T11:00:00.000Z";
const objectsPerCluster = 12;
const runs = 9;

/** How long grouping takes with every second cluster in trouble, each with twelve Flux objects. */
export function benchCauses(clusters: number): CausesFigures {
  const small = measure(20);
  const { ms, causes } = measure(clusters);
  const fluxObjects = clusters * objectsPerCluster;
  return { clusters, fluxObjects, causes, p50Ms: ms, smallP50Ms: small.ms, ratio: Math.round(ms / small.ms) };
}

function measure(clusters: number): { ms: number; causes: number } {
  const inventory = inventoryOf(clusters);
  let causes = 0;
  const times = Array.from({ length: runs }, () => {
    const began = performance.now();
    causes = groupCauses(inventory, now).length;
    return performance.now() - began;
  }).sort((a, b) => a - b);
  return { ms: Math.round((times[Math.floor(runs / 2)] ?? 0) * 100) / 100, causes };
}

function inventoryOf(count: number): Inventory {
  const ids = Array.from({ length: count }, (_, index) => `bench-${String(index)}`);
  return { clusters: ids.map(clusterOf), flux: ids.flatMap(fluxOf) };
}

function clusterOf(id: string, index: number): ClusterNode {
  const sick = index % 2 === 0;
  const mark = sick
    ? { tone: "failed" as const, rank: 4, word: "Failing" }
    : { tone: "healthy" as const, rank: 10, word: "Healthy" };
  const health = { health: "Healthy", healthReason: null, healthMessage: null };
  return { id, namespace: id, name: id, since, cause: null, causeKey: null, ...mark, ...health };
}

/** A failing Kustomization with eleven that wait for it, one after the other; a tenth of them each its own error. */
function fluxOf(clusterId: string, index: number): FluxNode[] {
  const sick = index % 2 === 0;
  const missing = index % 20 === 0 ? clusterId : "base";
  const error = `kustomize build failed: accumulating resources from 'x.yaml': open /tmp/kustomization-1/${missing}/x.yaml: no such file or directory`;
  return Array.from({ length: objectsPerCluster }, (_, place): FluxNode => {
    const blockedBy = sick && place > 0 ? `flux-system/k${String(place - 1)}` : null;
    const message = blockedBy === null ? error : `dependency '${blockedBy}' is not ready`;
    const sync = !sick ? "Synced" : blockedBy === null ? "Failing" : "Blocked";
    return {
      ...{
        id: `${clusterId}/${String(place)}`,
        clusterId,
        managementClusterId: "bench",
        kind: "Kustomization",
        namespace: "flux-system",
        name: `k${String(place)}`,
        home: "workload",
      },
      ...{
        role: null,
        reason: null,
        since,
        intervalSeconds: 600,
        revision: null,
        dependsOn: [],
        sourceKind: null,
      },
      ...{ sourceNamespace: null, sourceName: null, attemptedSha: "b82f117", sync, blockedBy },
      message: sick ? message : null,
    };
  });
}

/** Figures for reading. */
export function causesTable({
  clusters,
  fluxObjects,
  causes,
  p50Ms,
  smallP50Ms,
  ratio,
}: CausesFigures): string[][] {
  return [
    ["clusters", "Flux objects", "causes", "p50", "with 20 clusters", "ratio"],
    [
      String(clusters),
      String(fluxObjects),
      String(causes),
      `${String(p50Ms)} ms`,
      `${String(smallP50Ms)} ms`,
      String(ratio),
    ],
  ];
}
