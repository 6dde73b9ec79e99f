import type { ClusterData, FluxData, PoolData, WorkloadData } from "../../db/inventory-rows.ts";
import type { Inventory } from "../../db/load-inventory.ts";

/** What is known of one cluster: its rows as last written, and a little the database need not keep. */
export interface ClusterRecord {
  row: ClusterData;
  flux: Map<string, FluxData>;
  pools: PoolData[];
  workloads: Map<string, WorkloadData>;
  /** When the number of wanted nodes last grew, as far as this process saw it. */
  grewAt: string | null;
}

export const fluxKey = ({
  home,
  kind,
  namespace,
  name,
}: Pick<FluxData, "home" | "kind" | "namespace" | "name">) => `${home}|${kind}|${namespace}/${name}`;

export const workloadKey = ({ kind, namespace, name }: Pick<WorkloadData, "kind" | "namespace" | "name">) =>
  `${kind}|${namespace}/${name}`;

export const clusterKey = ({ namespace, name }: { namespace: string; name: string }) =>
  `${namespace}/${name}`;

/** Sorts a loaded inventory by cluster; Flux objects of none are the management cluster's own. */
export function recordsOf(inventory: Inventory): {
  records: Map<string, ClusterRecord>;
  shared: Map<string, FluxData>;
} {
  const byId = new Map<string, ClusterRecord>();
  for (const row of inventory.clusters) {
    byId.set(row.id, { row, flux: new Map(), pools: [], workloads: new Map(), grewAt: null });
  }
  const shared = new Map<string, FluxData>();
  for (const flux of inventory.flux) {
    const owner = flux.clusterId === null ? shared : byId.get(flux.clusterId)?.flux;
    owner?.set(fluxKey(flux), flux);
  }
  for (const pool of inventory.pools) byId.get(pool.clusterId)?.pools.push(pool);
  for (const workload of inventory.workloads) {
    byId.get(workload.clusterId)?.workloads.set(workloadKey(workload), workload);
  }
  const records = new Map([...byId.values()].map((record) => [clusterKey(record.row), record]));
  return { records, shared };
}
