import type { Unstructured } from "../runtime/objects.ts";
import { capi } from "./kinds.ts";
import type { Management } from "./management.ts";
import type { NodeView } from "./node-view.ts";
import { parseNode } from "./node-view.ts";
import { kinds } from "../runtime/kind.ts";
import type { Prober } from "./prober.ts";
import type { WorkloadClients } from "./workload-clients.ts";

/** What the reconcilers of capi-core share. */
export interface Core {
  management: Management;
  workloads: WorkloadClients;
  prober: Prober;
  /** What a MachinePool last looked like, by key: whatever changes is worth another look at its nodes. */
  seen: Map<string, string>;
}

/** The Cluster an object belongs to, from the cache. */
export function clusterOf(
  core: { management: Management },
  object: Unstructured,
  name: string,
): Unstructured | undefined {
  return core.management.get(capi.cluster, name, object.metadata.namespace);
}

/** The Nodes of a workload cluster; empty when it cannot be reached. */
export async function nodesOf(core: Core, namespace: string, cluster: string): Promise<NodeView[]> {
  const client = core.workloads.of(namespace, cluster);
  if (client === undefined) return [];
  try {
    return (await client.list(kinds.node)).items.map(parseNode);
  } catch {
    return [];
  }
}
