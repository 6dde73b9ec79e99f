import { parseTemplate, type Template } from "../template.ts";

const head = `
title: Small
description: For tests
version: 4
parameters:
  type: object
  additionalProperties: false
  required: [name, team, purpose, environment, region, kubernetesVersion, pools]
  properties:
    name: {type: string, x-fleetwright: {picker: name}}
    team: {type: string, x-fleetwright: {picker: team}}
    purpose: {type: string, minLength: 3, maxLength: 200, x-fleetwright: {picker: purpose}}
    environment: {type: string, enum: [development, production], x-fleetwright: {picker: environment}}
    owner: {type: string}
    expiresAt: {type: string, format: date-time, x-fleetwright: {picker: expiry}}
    region: {type: string, x-fleetwright: {picker: region}}
    kubernetesVersion: {type: string, x-fleetwright: {picker: version}}
    podCidr: {type: string, default: 10.244.0.0/16, x-fleetwright: {picker: pods-cidr}}
    serviceCidr: {type: string, default: 172.16.0.0/16, x-fleetwright: {picker: services-cidr}}
    dnsServiceIp: {type: string, default: 172.16.0.10, x-fleetwright: {picker: dns-service-ip}}
    nodeSubnetId: {type: string, x-fleetwright: {picker: subnet}}
    nodeCidr: {type: string, x-fleetwright: {picker: nodes-cidr}}
    spot: {type: boolean, default: false}
    zones: {type: array, items: {type: string}}
    pools:
      type: array
      minItems: 1
      x-fleetwright: {picker: pools}
      items:
        type: object
        required: [name, size, min, max]
        properties:
          name: {type: string, pattern: "^[a-z][a-z0-9]{0,11}$", description: At most 12 small letters and digits}
          mode: {type: string, enum: [System, User], default: System}
          size: {type: string, x-fleetwright: {picker: size}}
          min: {type: integer, minimum: 1, x-fleetwright: {picker: min-nodes}}
          max: {type: integer, minimum: 1, x-fleetwright: {picker: max-nodes}}
`;

const cluster = `# a cluster
apiVersion: cluster.x-k8s.io/v1beta2
kind: Cluster
metadata:
  name: \${name}
  namespace: \${name}
  labels: {environment: "\${environment}", region: "\${region}", fleetwright.dev/team: "\${team}"}
  annotations:
    fleetwright.dev/owner: '\${owner}'
    fleetwright.dev/purpose: "\${purpose}"
    fleetwright.dev/expires-at: "\${expiresAt}"
    fleetwright.dev/node-cidr: "\${nodeCidr}"
    note: for \${purpose} only # kept
    kustomize.toolkit.fluxcd.io/prune: disabled
spec:
  clusterNetwork:
    pods: {cidrBlocks: ["\${podCidr}"]}
    services: {cidrBlocks: ["\${serviceCidr}"]}
  controlPlaneRef: {apiGroup: infrastructure.cluster.x-k8s.io, kind: AzureASOManagedControlPlane, name: "\${name}"}
  infrastructureRef: {apiGroup: infrastructure.cluster.x-k8s.io, kind: AzureASOManagedCluster, name: "\${name}"}
---
apiVersion: infrastructure.cluster.x-k8s.io/v1beta1
kind: AzureASOManagedControlPlane
metadata:
  name: \${name}
spec:
  version: \${kubernetesVersion}
  spot: \${spot}
  zones: \${zones}
  resources:
    - kind: ManagedCluster
      spec:
        location: \${region}
        sku: {tier: Standard}
        networkProfile: {networkPlugin: azure, networkPluginMode: overlay, dnsServiceIP: "\${dnsServiceIp}"}
    - fleetwright.dev/when: spot
      kind: Spot
    - fleetwright.dev/each: pools
      kind: Mention
      name: \${pool.name}
---
apiVersion: cluster.x-k8s.io/v1beta2
kind: MachinePool
metadata:
  name: \${name}-\${pool.name}
  annotations:
    fleetwright.dev/each: pools
    cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size: "\${pool.min}"
    cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size: "\${pool.max}"
spec:
  template:
    spec:
      version: \${kubernetesVersion}
      infrastructureRef: {kind: AzureASOManagedMachinePool, name: "\${name}-\${pool.name}"}
---
apiVersion: infrastructure.cluster.x-k8s.io/v1beta1
kind: AzureASOManagedMachinePool
metadata:
  name: \${name}-\${pool.name}
  annotations:
    fleetwright.dev/each: pools
spec:
  resources:
    - kind: ManagedClustersAgentPool
      spec:
        azureName: \${pool.name}
        mode: \${pool.mode}
        vmSize: \${pool.size}
        minCount: \${pool.min}
        maxCount: \${pool.max}
        vnetSubnetReference: {armId: "\${nodeSubnetId}"}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: spot
  annotations:
    fleetwright.dev/when: spot
`;

const fluxConfig = `apiVersion: v1
kind: ConfigMap
metadata: {name: cluster-vars}
data: {CLUSTER_NAME: "\${name}", LATER: "\${CLUSTER_REGION} $\${name}"}
`;

const fleet = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n";

/** The files of a template that uses everything templates can do. */
export const templateFiles: Record<string, string> = {
  "template.yaml": head,
  "cluster.yaml": cluster,
  "flux-config.yaml": fluxConfig,
  "fleet.yaml": fleet,
};

/** That template, parsed. */
export function fixtureTemplate(): Template {
  const { template, problems } = parseTemplate("small", templateFiles);
  if (template === null) throw new Error(JSON.stringify(problems));
  return template;
}

/** A request that is all right. */
export const goodParameters = {
  name: "dev-payments-2",
  team: "payments",
  owner: "lena.k",
  purpose: "Load test",
  environment: "development",
  region: "westeurope",
  kubernetesVersion: "v1.34.5",
  expiresAt: "2026-12-08T17:00:00Z",
  pools: [{ name: "pool0", size: "Standard_D4s_v5", min: 2, max: 6 }],
};
