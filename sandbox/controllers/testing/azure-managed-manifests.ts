import type { Unstructured } from "../runtime/objects.ts";

const infrastructure = "infrastructure.cluster.x-k8s.io";
const core = "cluster.x-k8s.io/v1beta2";

/** The objects of an AKS cluster of the deprecated AzureManaged* kinds. */
export function azureManagedCluster(name: string, version = "v1.34.5"): Unstructured[] {
  const meta = (objectName: string): Unstructured["metadata"] => ({ name: objectName, namespace: name });
  const infra = (kind: string, objectName: string, spec: unknown): Unstructured => ({
    apiVersion: `${infrastructure}/v1beta1`,
    kind,
    metadata: meta(objectName),
    spec,
  });
  const ref = { apiGroup: infrastructure, kind: "AzureManagedMachinePool", name: `${name}-pool0` };
  const template = { clusterName: name, version, bootstrap: { dataSecretName: "" }, infrastructureRef: ref };
  const pool = {
    name: "pool0",
    mode: "System",
    sku: "Standard_D4s_v5",
    scaling: { minSize: 2, maxSize: 10 },
  };
  const controlPlane = { version, location: "westus", resourceGroupName: `${name}-rg` };
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name } },
    {
      apiVersion: core,
      kind: "Cluster",
      metadata: meta(name),
      spec: {
        controlPlaneRef: { apiGroup: infrastructure, kind: "AzureManagedControlPlane", name },
        infrastructureRef: { apiGroup: infrastructure, kind: "AzureManagedCluster", name },
      },
    },
    infra("AzureManagedCluster", name, {}),
    infra("AzureManagedControlPlane", name, controlPlane),
    {
      apiVersion: core,
      kind: "MachinePool",
      metadata: {
        ...meta(`${name}-pool0`),
        annotations: { "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size": "2" },
      },
      spec: { clusterName: name, template: { spec: template } },
    },
    infra("AzureManagedMachinePool", `${name}-pool0`, pool),
  ];
}
