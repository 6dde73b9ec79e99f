import type { Unstructured } from "../runtime/objects.ts";

const infrastructure = "infrastructure.cluster.x-k8s.io";
const core = "cluster.x-k8s.io/v1beta2";

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
