import { kubeTime } from "../runtime/conditions.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { coresOf } from "../azure/azure-error.ts";
import type { WantedNode } from "./wanted-nodes.ts";

type Json = Record<string, unknown>;

/** The Node object a kubelet would register. */
export function nodeObject(node: WantedNode): Unstructured {
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name: node.name,
      labels: {
        "beta.kubernetes.io/arch": "amd64",
        "beta.kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": node.name,
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": node.instanceType,
        "topology.kubernetes.io/region": node.region,
        "topology.kubernetes.io/zone": node.zone,
        ...node.labels,
      },
    },
    spec: { providerID: node.providerId },
  };
}

/** Its status; conditions keep their time unless Ready turned. */
export function nodeStatus(node: WantedNode, now: Date, turnedAt = now): Json {
  const { cores } = coresOf(node.instanceType);
  const size = {
    cpu: String(cores),
    memory: `${String(cores * 4)}Gi`,
    pods: "110",
    "ephemeral-storage": "128Gi",
  };
  const fine = (type: string, reason: string, message: string): Json =>
    condition(type, "False", reason, message, now, turnedAt);
  const ready = node.ready
    ? condition("Ready", "True", "KubeletReady", "kubelet is posting ready status", now, turnedAt)
    : condition(
        "Ready",
        "False",
        "KubeletNotReady",
        "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized",
        now,
        turnedAt,
      );
  return {
    capacity: size,
    allocatable: size,
    conditions: [
      fine("MemoryPressure", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
      fine("DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
      fine("PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
      ready,
    ],
    addresses: [{ type: "Hostname", address: node.name }],
    nodeInfo: {
      architecture: "amd64",
      bootID: "",
      containerRuntimeVersion: "containerd://1.7.29-1",
      kernelVersion: "5.15.0-1098-azure",
      kubeProxyVersion: node.kubeletVersion,
      kubeletVersion: node.kubeletVersion,
      machineID: "",
      operatingSystem: "linux",
      osImage: "Ubuntu 22.04.5 LTS",
      systemUUID: "",
    },
  };
}

function condition(
  type: string,
  status: string,
  reason: string,
  message: string,
  now: Date,
  turnedAt: Date,
): Json {
  const lastHeartbeatTime = kubeTime(now);
  return { type, status, reason, message, lastHeartbeatTime, lastTransitionTime: kubeTime(turnedAt) };
}
