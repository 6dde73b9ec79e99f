import { createHash } from "node:crypto";

const SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";

/** What identifies an agent pool's machines. */
export interface AgentPoolIdentity {
  /** The pool's name in Azure, e.g. `pool0`. */
  pool: string;
  cluster: string;
  nodeResourceGroup: string;
}

/** The scale set AKS makes for a pool, e.g. `aks-pool0-12345678-vmss`: the digits are the cluster's. */
function scaleSetOf({ pool, cluster, nodeResourceGroup }: AgentPoolIdentity): string {
  const digest = createHash("sha256").update(`${nodeResourceGroup}/${cluster}`).digest();
  return `aks-${pool}-${String(digest.readUInt32BE(0) % 100_000_000).padStart(8, "0")}-vmss`;
}

/** Node names count in base 36 with six digits. */
export function nodeName(identity: AgentPoolIdentity, index: number): string {
  return `${scaleSetOf(identity)}${index.toString(36).padStart(6, "0")}`;
}

/** The provider ID of a pool's n-th machine. */
export function providerId(identity: AgentPoolIdentity, index: number): string {
  return (
    `azure:///subscriptions/${SUBSCRIPTION}/resourceGroups/${identity.nodeResourceGroup.toLowerCase()}` +
    `/providers/Microsoft.Compute/virtualMachineScaleSets/${scaleSetOf(identity)}/virtualMachines/${String(index)}`
  );
}

/** The resource group AKS keeps a cluster's nodes in. */
export function nodeResourceGroupOf(resourceGroup: string, cluster: string, location: string): string {
  return `MC_${resourceGroup}_${cluster}_${location}`;
}

/** Azure resource ID below the sandbox's only subscription. */
export function resourceId(...path: string[]): string {
  return ["", "subscriptions", SUBSCRIPTION, ...path].join("/");
}
