import { kindOf } from "../runtime/kind.ts";
import type { Kind } from "../runtime/kind.ts";

const core = "cluster.x-k8s.io/v1beta2";
const infraDev = "infrastructure.cluster.x-k8s.io/v1beta2";
const infraAzure = "infrastructure.cluster.x-k8s.io/v1beta1";

/** The kinds of Cluster API, its two providers and Azure Service Operator, in the versions the sandbox serves. */
export const capi = {
  cluster: kindOf(core, "Cluster", "clusters"),
  machinePool: kindOf(core, "MachinePool", "machinepools"),
  machineDeployment: kindOf(core, "MachineDeployment", "machinedeployments"),
  machineSet: kindOf(core, "MachineSet", "machinesets"),
  machine: kindOf(core, "Machine", "machines"),
  kubeadmControlPlane: kindOf(
    "controlplane.cluster.x-k8s.io/v1beta2",
    "KubeadmControlPlane",
    "kubeadmcontrolplanes",
  ),
  kubeadmConfig: kindOf("bootstrap.cluster.x-k8s.io/v1beta2", "KubeadmConfig", "kubeadmconfigs"),
  devCluster: kindOf(infraDev, "DevCluster", "devclusters"),
  devMachine: kindOf(infraDev, "DevMachine", "devmachines"),
  devMachineTemplate: kindOf(infraDev, "DevMachineTemplate", "devmachinetemplates"),
  asoCluster: kindOf(infraAzure, "AzureASOManagedCluster", "azureasomanagedclusters"),
  asoControlPlane: kindOf(infraAzure, "AzureASOManagedControlPlane", "azureasomanagedcontrolplanes"),
  asoMachinePool: kindOf(infraAzure, "AzureASOManagedMachinePool", "azureasomanagedmachinepools"),
  azureCluster: kindOf(infraAzure, "AzureManagedCluster", "azuremanagedclusters"),
  azureControlPlane: kindOf(infraAzure, "AzureManagedControlPlane", "azuremanagedcontrolplanes"),
  azureMachinePool: kindOf(infraAzure, "AzureManagedMachinePool", "azuremanagedmachinepools"),
  resourceGroup: kindOf("resources.azure.com/v1api20200601", "ResourceGroup", "resourcegroups"),
  managedCluster: kindOf("containerservice.azure.com/v1api20240901", "ManagedCluster", "managedclusters"),
  agentPool: kindOf(
    "containerservice.azure.com/v1api20240901",
    "ManagedClustersAgentPool",
    "managedclustersagentpools",
  ),
} as const satisfies Record<string, Kind>;

const byName = new Map<string, Kind>(Object.values(capi).map((kind) => [kind.kind, kind]));

/** The kind a reference names; undefined for one the sandbox has no provider for. */
export function kindNamed(name: string): Kind | undefined {
  return byName.get(name);
}

/** What a Cluster's `infrastructureRef` may name. */
export const infrastructureKinds: readonly Kind[] = [capi.devCluster, capi.asoCluster, capi.azureCluster];

/** What a Cluster's `controlPlaneRef` may name. */
export const controlPlaneKinds: readonly Kind[] = [
  capi.kubeadmControlPlane,
  capi.asoControlPlane,
  capi.azureControlPlane,
];

/** What a MachinePool's `infrastructureRef` may name. */
export const infrastructurePoolKinds: readonly Kind[] = [capi.asoMachinePool, capi.azureMachinePool];

export const CLUSTER_NAME_LABEL = "cluster.x-k8s.io/cluster-name";
export const CONTROL_PLANE_LABEL = "cluster.x-k8s.io/control-plane";
export const DEPLOYMENT_NAME_LABEL = "cluster.x-k8s.io/deployment-name";
export const PAUSED_ANNOTATION = "cluster.x-k8s.io/paused";
export const REPLICAS_MANAGED_BY_ANNOTATION = "cluster.x-k8s.io/replicas-managed-by";
export const MIN_SIZE_ANNOTATION = "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size";
