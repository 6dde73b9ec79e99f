/**
 * Annotation that asks the sandbox's providers for a fault; on a Cluster it concerns everything of the cluster, on
 * a MachinePool, its infrastructure object or a control plane that one object. Flux leaves it alone when it was set
 * by a field manager that is not kubectl's.
 */
export const FAULT_ANNOTATION = "sandbox.fleetwright.dev/fault";

/** Annotation on a Deployment, StatefulSet or DaemonSet: `"true"` keeps it from ever becoming available. */
export const NEVER_AVAILABLE_ANNOTATION = "sandbox.fleetwright.dev/never-available";

/**
 * Every fault on demand; removing the annotation lets the object recover.
 *
 * - `quota-exceeded` (Cluster, Azure machine pools): Azure refuses the agent pool's cores; ASO says Ready=False,
 *   severity Error, reason QuotaExceeded.
 * - `upgrade-stuck` (Cluster, control planes, pools): an upgrade that begins never ends; provisioningState stays
 *   Upgrading and versions stay behind.
 * - `api-unreachable` (Cluster, control planes): the workload API server resets every connection;
 *   RemoteConnectionProbe fails a minute later.
 * - `nodes-not-ready` (Cluster, pools): nodes report Ready=False (KubeletNotReady).
 */
export type FaultName = "quota-exceeded" | "upgrade-stuck" | "api-unreachable" | "nodes-not-ready";

/** Whether one of the objects asks for the fault. */
export function hasFault(
  name: FaultName,
  ...objects: ({ metadata: { annotations?: Record<string, string> } } | undefined)[]
): boolean {
  return objects.some((object) =>
    (object?.metadata.annotations?.[FAULT_ANNOTATION] ?? "").split(",").some((each) => each.trim() === name),
  );
}
