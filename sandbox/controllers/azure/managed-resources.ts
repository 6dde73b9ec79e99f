import { capi } from "../capi/kinds.ts";
import { listAt, numberAt, recordAt, textAt } from "../capi/read.ts";
import type { Unstructured } from "../runtime/objects.ts";
import type { AsoResource } from "./aso-resources.ts";

/** The ASO objects CAPZ makes for an AzureManagedControlPlane: its resource group and its managed cluster. */
export function controlPlaneResources(controlPlane: Unstructured, cluster: Unstructured): AsoResource[] {
  const name = cluster.metadata.name;
  const group = textAt(controlPlane, "spec", "resourceGroupName") ?? name;
  const location = textAt(controlPlane, "spec", "location");
  const pods = listAt(cluster, "spec", "clusterNetwork", "pods", "cidrBlocks")[0];
  const services = listAt(cluster, "spec", "clusterNetwork", "services", "cidrBlocks")[0];
  const plugin = {
    networkPlugin: textAt(controlPlane, "spec", "networkPlugin"),
    networkPluginMode: textAt(controlPlane, "spec", "networkPluginMode"),
    networkPolicy: textAt(controlPlane, "spec", "networkPolicy"),
    podCidr: pods,
    serviceCidr: services,
  };
  return [
    { kind: capi.resourceGroup, name: group, metadata: {}, spec: { location, azureName: group } },
    {
      kind: capi.managedCluster,
      name,
      metadata: {},
      spec: defined({
        azureName: name,
        owner: { name: group },
        location,
        dnsPrefix: textAt(controlPlane, "spec", "dnsPrefix") ?? name,
        kubernetesVersion: textAt(controlPlane, "spec", "version")?.replace(/^v/, ""),
        sku: { name: "Base", tier: textAt(controlPlane, "spec", "sku", "tier") ?? "Free" },
        networkProfile: defined(plugin),
      }),
    },
  ];
}

/** The ASO object CAPZ makes for an AzureManagedMachinePool. */
export function machinePoolResource(
  pool: Unstructured,
  machinePool: Unstructured,
  clusterName: string,
  stored: Unstructured | undefined,
): AsoResource {
  const azureName = textAt(pool, "spec", "name") ?? pool.metadata.name;
  const scaling = recordAt(pool, "spec", "scaling");
  const isScaled = numberAt(scaling, "minSize") !== undefined;
  const count = isScaled ? numberAt(stored, "spec", "count") : undefined;
  return {
    kind: capi.agentPool,
    name: `${clusterName}-${azureName}`,
    metadata: {},
    spec: defined({
      azureName,
      owner: { name: clusterName },
      mode: textAt(pool, "spec", "mode"),
      type: "VirtualMachineScaleSets",
      vmSize: textAt(pool, "spec", "sku"),
      osDiskSizeGB: numberAt(pool, "spec", "osDiskSizeGB"),
      orchestratorVersion: textAt(machinePool, "spec", "template", "spec", "version")?.replace(/^v/, ""),
      enableAutoScaling: isScaled ? true : undefined,
      minCount: numberAt(scaling, "minSize"),
      maxCount: numberAt(scaling, "maxSize"),
      count: count ?? numberAt(machinePool, "spec", "replicas"),
    }),
  };
}

function defined(spec: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
}
