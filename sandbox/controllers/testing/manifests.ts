import type { Unstructured } from "../runtime/objects.ts";

const infrastructure = "infrastructure.cluster.x-k8s.io";
const core = "cluster.x-k8s.io/v1beta2";

/** The objects of an AKS cluster as the fleet repository's template renders them (ASO kinds). */
export function aksCluster(
  name: string,
  options: {
    version?: string;
    minCount?: number;
    autoscaling?: boolean;
    annotations?: Record<string, string>;
  } = {},
): Unstructured[] {
  const { version = "v1.34.5", minCount = 2, autoscaling = true } = options;
  const meta = (objectName: string): Unstructured["metadata"] => ({
    name: objectName,
    namespace: name,
    annotations: { "kustomize.toolkit.fluxcd.io/prune": "disabled" },
  });
  const pool = `${name}-pool0`;
  const bounds = autoscaling ? { enableAutoScaling: true, minCount, maxCount: 10 } : {};
  const managed = {
    owner: { name },
    location: "eastus",
    dnsPrefix: name,
    networkProfile: { networkPlugin: "azure" },
  };
  const poolMeta = meta(pool);
  if (autoscaling)
    poolMeta.annotations = {
      ...poolMeta.annotations,
      "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size": String(minCount),
      "cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size": "10",
    };
  const clusterMeta = meta(name);
  clusterMeta.annotations = { ...clusterMeta.annotations, ...options.annotations };
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name } },
    {
      apiVersion: core,
      kind: "Cluster",
      metadata: clusterMeta,
      spec: {
        clusterNetwork: {
          pods: { cidrBlocks: ["10.244.0.0/16"] },
          services: { cidrBlocks: ["172.16.0.0/16"] },
        },
        controlPlaneRef: { apiGroup: infrastructure, kind: "AzureASOManagedControlPlane", name },
        infrastructureRef: { apiGroup: infrastructure, kind: "AzureASOManagedCluster", name },
      },
    },
    {
      apiVersion: `${infrastructure}/v1beta1`,
      kind: "AzureASOManagedCluster",
      metadata: meta(name),
      spec: {
        resources: [
          resource("resources.azure.com/v1api20200601", "ResourceGroup", name, { location: "eastus" }),
        ],
      },
    },
    {
      apiVersion: `${infrastructure}/v1beta1`,
      kind: "AzureASOManagedControlPlane",
      metadata: meta(name),
      spec: {
        version,
        resources: [resource("containerservice.azure.com/v1api20240901", "ManagedCluster", name, managed)],
      },
    },
    {
      apiVersion: core,
      kind: "MachinePool",
      metadata: poolMeta,
      spec: {
        clusterName: name,
        ...(autoscaling ? {} : { replicas: minCount }),
        template: {
          spec: {
            clusterName: name,
            version,
            bootstrap: { dataSecretName: "" },
            infrastructureRef: { apiGroup: infrastructure, kind: "AzureASOManagedMachinePool", name: pool },
          },
        },
      },
    },
    {
      apiVersion: `${infrastructure}/v1beta1`,
      kind: "AzureASOManagedMachinePool",
      metadata: meta(pool),
      spec: {
        resources: [
          resource("containerservice.azure.com/v1api20240901", "ManagedClustersAgentPool", pool, {
            azureName: "pool0",
            owner: { name },
            mode: "System",
            type: "VirtualMachineScaleSets",
            vmSize: "Standard_D4s_v5",
            ...bounds,
          }),
        ],
      },
    },
  ];
}

/** The same cluster with the deprecated AzureManaged* kinds. */
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

/** The objects of a dev cluster: kubeadm control plane and one MachineDeployment. */
export function devCluster(
  name: string,
  options: { version?: string; controlPlanes?: number; workers?: number } = {},
): Unstructured[] {
  const { version = "v1.34.5", controlPlanes = 1, workers = 2 } = options;
  const meta = (objectName: string): Unstructured["metadata"] => ({
    name: objectName,
    namespace: name,
    annotations: { "kustomize.toolkit.fluxcd.io/prune": "disabled" },
  });
  const machineTemplate = (part: string): Unstructured => ({
    apiVersion: `${infrastructure}/v1beta2`,
    kind: "DevMachineTemplate",
    metadata: meta(`${name}-${part}`),
    spec: { template: { spec: { backend: { inMemory: { vm: {} } } } } },
  });
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name } },
    {
      apiVersion: core,
      kind: "Cluster",
      metadata: meta(name),
      spec: {
        clusterNetwork: {
          pods: { cidrBlocks: ["192.168.0.0/16"] },
          services: { cidrBlocks: ["10.128.0.0/12"] },
        },
        controlPlaneRef: { apiGroup: "controlplane.cluster.x-k8s.io", kind: "KubeadmControlPlane", name },
        infrastructureRef: { apiGroup: infrastructure, kind: "DevCluster", name },
      },
    },
    {
      apiVersion: `${infrastructure}/v1beta2`,
      kind: "DevCluster",
      metadata: meta(name),
      spec: { backend: { inMemory: {} } },
    },
    {
      apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
      kind: "KubeadmControlPlane",
      metadata: meta(name),
      spec: {
        replicas: controlPlanes,
        version,
        machineTemplate: {
          spec: {
            infrastructureRef: { apiGroup: infrastructure, kind: "DevMachineTemplate", name: `${name}-cp` },
          },
        },
        kubeadmConfigSpec: { clusterConfiguration: { apiServer: { certSANs: ["localhost"] } } },
      },
    },
    machineTemplate("cp"),
    machineTemplate("md"),
    {
      apiVersion: core,
      kind: "MachineDeployment",
      metadata: meta(`${name}-md-0`),
      spec: {
        clusterName: name,
        replicas: workers,
        selector: { matchLabels: {} },
        template: {
          spec: {
            clusterName: name,
            version,
            bootstrap: {
              configRef: {
                apiGroup: "bootstrap.cluster.x-k8s.io",
                kind: "KubeadmConfigTemplate",
                name: `${name}-md`,
              },
            },
            infrastructureRef: { apiGroup: infrastructure, kind: "DevMachineTemplate", name: `${name}-md` },
          },
        },
      },
    },
  ];
}

function resource(apiVersion: string, kind: string, name: string, spec: unknown): unknown {
  return { apiVersion, kind, metadata: { name }, spec };
}
