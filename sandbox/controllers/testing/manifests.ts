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

function resource(apiVersion: string, kind: string, name: string, spec: unknown): unknown {
  return { apiVersion, kind, metadata: { name }, spec };
}
