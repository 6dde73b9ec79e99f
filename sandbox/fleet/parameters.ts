import type { Parameters } from "../../lib/domain/repository/parameter-schema.ts";
import type { PlannedCluster } from "./plan.ts";

const day = 86_400_000;

/** What the person had typed into the form for this cluster; `now` is the moment of seeding. */
export function parametersOf(cluster: PlannedCluster, now: Date): Parameters {
  const common: Parameters = {
    name: cluster.name,
    team: cluster.team,
    owner: cluster.owner,
    purpose: cluster.purpose,
    environment: cluster.environment,
    region: cluster.region,
    kubernetesVersion: cluster.version,
  };
  if (cluster.expiresInDays !== null) common["expiresAt"] = expiry(now, cluster.expiresInDays);
  if (cluster.template === "dev")
    return { ...common, controlPlaneNodes: cluster.ordinal % 4 === 0 ? 3 : 1, nodes: 2 };
  if (cluster.template === "aks-small")
    return { ...common, size: "Standard_D4s_v5", minNodes: 2, maxNodes: 4 };
  return { ...common, ...standard(cluster) };
}

/** Ranges of its own per cluster; production runs in the corporate network's subnets. */
function standard(cluster: PlannedCluster): Parameters {
  const isProduction = cluster.environment === "production";
  const services = 16 + (cluster.ordinal % 14);
  const ranges: Parameters = {
    podCidr: `10.${String(10 + cluster.ordinal)}.0.0/16`,
    serviceCidr: `172.${String(services)}.0.0/16`,
    dnsServiceIp: `172.${String(services)}.0.10`,
  };
  const pools = [
    {
      name: "system",
      mode: "System",
      size: "Standard_D4s_v5",
      min: isProduction ? 3 : 2,
      max: isProduction ? 4 : 3,
    },
    {
      name: "general",
      mode: "User",
      size: "Standard_D8s_v5",
      min: isProduction ? 3 : 1,
      max: isProduction ? 12 : 4,
    },
  ];
  if (isProduction && (cluster.team === "search" || cluster.team === "data")) {
    const size =
      cluster.region === "eastus" || cluster.region === "westeurope" ? "Standard_E8s_v5" : "Standard_D8s_v5";
    pools.push({ name: "memory", mode: "User", size, min: 2, max: 6 });
  }
  if (!isProduction) return { ...ranges, pools };
  const network =
    cluster.region.startsWith("west") || cluster.region === "eastus" ? cluster.region : "uksouth";
  const vnet =
    `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/corp-${network}` +
    `/providers/Microsoft.Network/virtualNetworks/corp-${network}/subnets/${cluster.name}`;
  return { ...ranges, pools, nodeSubnetId: vnet, nodeCidr: `10.${String(100 + cluster.ordinal)}.0.0/20` };
}

/** The end of a day's work, or the exact hour where less than two days are left. */
function expiry(now: Date, days: number): string {
  const at = new Date(now.getTime() + days * day);
  if (days >= 2) at.setUTCHours(17);
  at.setUTCMinutes(0, 0, 0);
  return at.toISOString().replace(".000Z", "Z");
}
