import type { Unstructured } from "../runtime/objects.ts";
import type { Probe } from "./cluster-facts.ts";
import { conditionOf } from "./conditions.ts";
import type { Contact } from "./machine-facts.ts";
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

/** The Nodes of a workload cluster; undefined when it cannot be reached. */
export async function nodesOf(
  core: Core,
  namespace: string,
  cluster: string,
): Promise<NodeView[] | undefined> {
  const client = core.workloads.of(namespace, cluster);
  if (client === undefined) return [];
  try {
    return (await client.list(kinds.node)).items.map(parseNode);
  } catch {
    return undefined;
  }
}

/** What a Cluster that could not be asked for its Nodes leaves of what was said of them. */
export function lostContact(core: Core, cluster: Unstructured): Contact {
  const lastSuccess = downSince(core, probeOf(core, cluster));
  return lastSuccess === undefined ? { state: "unsure" } : { state: "down", lastSuccess };
}

/** The last success of a probe that has failed for so long that nothing said of the Nodes counts any more. */
export function downSince({ prober }: Core, probe: Probe): Date | undefined {
  if (probe.state !== "failed") return undefined;
  const silence = Date.now() - probe.lastSuccess.getTime();
  return silence > prober.settings.conditionsGraceMs ? probe.lastSuccess : undefined;
}

/** The verdict on a Cluster's API server; what an earlier process said counts, so that a restart changes nothing. */
export function probeOf({ prober }: Core, cluster: Unstructured): Probe {
  const { name, namespace = "" } = cluster.metadata;
  const said = conditionOf(cluster, "RemoteConnectionProbe");
  if (said?.status === "True") return prober.probe(namespace, name, new Date());
  const time = /last succeeded at (\S+)$/.exec(said?.message ?? "")?.[1];
  return prober.probe(namespace, name, time === undefined ? undefined : new Date(time));
}
