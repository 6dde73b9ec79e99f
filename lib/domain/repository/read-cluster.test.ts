import { describe, expect, it } from "vitest";
import { desiredNodes, readClusterFiles } from "./read-cluster.ts";
import { fixtureFacts } from "./testing/fleet-fixture.ts";

const managed = `{apiVersion: cluster.x-k8s.io/v1beta2, kind: Cluster, metadata: {name: prod-west, namespace: prod-west, labels: {environment: production}},
 spec: {controlPlaneRef: {kind: AzureManagedControlPlane, name: prod-west}, infrastructureRef: {kind: AzureManagedCluster, name: prod-west}}}
---
apiVersion: infrastructure.cluster.x-k8s.io/v1beta1
kind: AzureManagedControlPlane
metadata: {name: prod-west}
spec: {version: v1.34.5, location: westus, networkPlugin: azure, sku: {tier: Standard},
  virtualNetwork: {subnet: {cidrBlock: 10.0.0.0/20}}}
---
{apiVersion: cluster.x-k8s.io/v1beta2, kind: MachinePool, metadata: {name: prod-west-pool0}, spec: {replicas: 3, template: {spec: {version: v1.34.5, infrastructureRef: {kind: AzureManagedMachinePool, name: prod-west-pool0}}}}}
---
{apiVersion: infrastructure.cluster.x-k8s.io/v1beta1, kind: AzureManagedMachinePool, metadata: {name: prod-west-pool0}, spec: {name: pool0, mode: System, sku: Standard_D4s_v5, scaling: {minSize: 3, maxSize: 10}}}
`;

const topology = `apiVersion: cluster.x-k8s.io/v1beta2
kind: Cluster
metadata: {name: stage-east, namespace: stage-east, labels: {environment: staging, region: eastus}}
spec:
  topology:
    classRef: {name: aks-aso-v1}
    version: v1.34.5
    workers: {machinePools: [{class: system, name: pool0, replicas: 3}]}
`;

describe("a cluster's files", () => {
  it("read back to what was asked for", () => {
    expect(fixtureFacts()).toMatchObject({
      name: "dev-payments-2",
      team: "payments",
      owner: "lena.k",
      expiresAt: "2026-12-08T17:00:00Z",
      template: "small@4",
      provider: "aks",
      desiredVersion: "v1.34.5",
      tier: "Standard",
      pools: [
        {
          name: "pool0",
          mode: "System",
          size: "Standard_D4s_v5",
          min: 2,
          max: 6,
          replicas: null,
          version: "v1.34.5",
        },
      ],
      podCidr: "10.244.0.0/16",
      podsOverlay: true,
      line: 2,
    });
    expect(desiredNodes(fixtureFacts().pools)).toBe(2);
  });

  it("of AzureManaged and of a ClusterClass read too", () => {
    expect(readClusterFiles({ cluster: managed })).toMatchObject({
      provider: "aks-managed",
      region: "westus",
      desiredVersion: "v1.34.5",
      nodeCidr: "10.0.0.0/20",
      podsOverlay: false,
      pools: [{ name: "pool0", min: 3, max: 10, replicas: 3 }],
    });
    expect(readClusterFiles({ cluster: topology })).toMatchObject({
      provider: "aks",
      desiredVersion: "v1.34.5",
      pools: [{ name: "pool0", kind: "MachinePool", replicas: 3, version: "v1.34.5" }],
    });
  });

  it.each(["", "}", "[1]", "kind: Cluster", "apiVersion: v1\nkind: ConfigMap", "a: &a [*a]"])(
    "%j has no cluster and throws nothing",
    (cluster) => {
      expect(readClusterFiles({ cluster })).toBeNull();
    },
  );

  it("with odd fields give null there and the rest as it is", () => {
    const odd =
      "apiVersion: cluster.x-k8s.io/v1beta2\nkind: Cluster\nmetadata: {name: x, labels: [1], annotations: {fleetwright.dev/owner: 1}}\nspec: 7\n---\n{\n";
    expect(readClusterFiles({ cluster: odd })).toMatchObject({
      name: "x",
      namespace: "default",
      owner: null,
      pools: [],
      provider: "unknown",
    });
  });
});
