import { capi } from "../capi/kinds.ts";
import type { Management } from "../capi/management.ts";
import { textAt } from "../capi/read.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { providerId } from "./agent-pool-nodes.ts";
import { azureNameOf } from "./azure.ts";

/** The ids of an agent pool's machines, sorted as CAPZ does. */
export function providerIds(management: Management, agentPool: Unstructured, count: number): string[] {
  const owner = textAt(agentPool, "spec", "owner", "name") ?? "";
  const managedCluster = management.get(capi.managedCluster, owner, agentPool.metadata.namespace);
  const nodeResourceGroup = textAt(managedCluster, "status", "nodeResourceGroup") ?? "";
  const identity = { pool: azureNameOf(agentPool), cluster: owner, nodeResourceGroup };
  return Array.from({ length: count }, (_, index) => providerId(identity, index)).sort();
}
