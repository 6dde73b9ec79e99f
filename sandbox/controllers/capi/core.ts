import type { Unstructured } from "../runtime/objects.ts";
import type { Probe } from "./cluster-facts.ts";
import { conditionOf } from "./conditions.ts";
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

/** The verdict on a Cluster's API server; what an earlier process said counts, so that a restart changes nothing. */
export function probeOf({ prober }: Core, cluster: Unstructured): Probe {
  const { name, namespace = "" } = cluster.metadata;
  const said = conditionOf(cluster, "RemoteConnectionProbe");
  if (said?.status === "True") return prober.probe(namespace, name, new Date());
  const time = /last succeeded at (\S+)$/.exec(said?.message ?? "")?.[1];
  return prober.probe(namespace, name, time === undefined ? undefined : new Date(time));
}
