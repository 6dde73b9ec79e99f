import { kindsOf } from "../../domain/kinds.ts";
import type { Db } from "../../db/client.ts";
import { loadInventory } from "../../db/load-inventory.ts";
import type { KubeClient } from "../../kubernetes/client.ts";
import { compareInventory, type Difference } from "./compare-inventory.ts";
import { freshLists } from "./fresh-lists.ts";

export interface CheckInventoryOptions {
  db: Db;
  managementClusterId: string;
  management: KubeClient;
  /** Clients of the workload clusters to compare too, by `namespace/name`. */
  workloads?: ReadonlyMap<string, KubeClient>;
}

/**
 * Lists everything anew and says in what the inventory differs; empty = equal. A fleet at work is compared while it
 * moves, so ask again until it is empty. Throws KubeApiError where an API server does not answer.
 */
export async function checkInventory(options: CheckInventoryOptions): Promise<Difference[]> {
  const { db, managementClusterId, management, workloads = new Map<string, KubeClient>() } = options;
  const [lists, ...own] = await Promise.all([
    freshLists(management, kindsOf("management")),
    ...[...workloads].map(
      async ([key, client]) => [key, await freshLists(client, kindsOf("workload"))] as const,
    ),
  ]);
  const inventory = await loadInventory(db, managementClusterId);
  return compareInventory({ management: lists, workloads: new Map(own) }, inventory);
}
