/**
 * Annotation that asks the sandbox's providers for a fault; on a Cluster it concerns everything of the cluster, on
 * a MachinePool, its infrastructure object or a control plane that one object. Flux leaves it alone when it was set
 * by a field manager that is not kubectl's.
 */
export const FAULT_ANNOTATION = "sandbox.fleetwright.dev/fault";

/** Annotation on a Deployment, StatefulSet or DaemonSet: `"true"` keeps it from ever becoming available. */
export const NEVER_AVAILABLE_ANNOTATION = "sandbox.fleetwright.dev/never-available";

/** A fault on demand. */
export interface Fault {
  name: FaultName;
  /** What the fleet looks like while it lasts. */
  effect: string;
  /** Kinds the annotation may stand on. */
  on: readonly string[];
}

export type FaultName = "quota-exceeded" | "upgrade-stuck" | "api-unreachable" | "nodes-not-ready";

/** Every fault the providers know; removing the annotation lets the object recover. */
export const faults: readonly Fault[] = [
  {
    name: "quota-exceeded",
    effect: "Azure refuses the agent pool's cores: ASO Ready=False, severity Error, reason QuotaExceeded",
    on: ["Cluster", "MachinePool", "AzureASOManagedMachinePool", "AzureManagedMachinePool"],
  },
  {
    name: "upgrade-stuck",
    effect: "an upgrade that begins never ends: provisioningState stays Upgrading, versions stay behind",
    on: [
      "Cluster",
      "AzureASOManagedControlPlane",
      "AzureManagedControlPlane",
      "KubeadmControlPlane",
      "MachinePool",
      "AzureASOManagedMachinePool",
      "AzureManagedMachinePool",
      "MachineDeployment",
    ],
  },
  {
    name: "api-unreachable",
    effect: "the workload API server resets every connection; RemoteConnectionProbe fails a minute later",
    on: ["Cluster", "AzureASOManagedControlPlane", "AzureManagedControlPlane", "KubeadmControlPlane"],
  },
  {
    name: "nodes-not-ready",
    effect: "nodes report Ready=False (KubeletNotReady)",
    on: [
      "Cluster",
      "MachinePool",
      "AzureASOManagedMachinePool",
      "AzureManagedMachinePool",
      "MachineDeployment",
    ],
  },
];

/** Whether one of the objects asks for the fault. */
export function hasFault(
  name: FaultName,
  ...objects: ({ metadata: { annotations?: Record<string, string> } } | undefined)[]
): boolean {
  return objects.some((object) =>
    (object?.metadata.annotations?.[FAULT_ANNOTATION] ?? "").split(",").some((each) => each.trim() === name),
  );
}
