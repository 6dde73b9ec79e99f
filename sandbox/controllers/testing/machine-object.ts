import type { Said } from "../capi/conditions.ts";
import { CONTROL_PLANE_LABEL } from "../capi/kinds.ts";
import type { Unstructured } from "../runtime/objects.ts";

/** A Machine for state tables. */
export function machineObject(
  name: string,
  options: {
    version?: string;
    controlPlane?: boolean;
    conditions?: readonly Omit<Said, "reason" | "message">[];
    providerId?: boolean;
    created?: string;
    deleting?: boolean;
    spec?: Record<string, unknown>;
  } = {},
): Unstructured {
  const { version = "v1.34.5", conditions = [{ type: "Ready", status: "True" }] } = options;
  return {
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "Machine",
    metadata: {
      name,
      namespace: "dev",
      creationTimestamp: options.created ?? "2026-11-23T17:00:00Z",
      labels: options.controlPlane === true ? { [CONTROL_PLANE_LABEL]: "" } : {},
      ...(options.deleting === true ? { deletionTimestamp: "2026-11-23T18:00:00Z" } : {}),
    },
    spec: {
      version,
      ...(options.providerId === false ? {} : { providerID: `in-memory://${name}` }),
      ...options.spec,
    },
    status: {
      nodeRef: { name },
      conditions: conditions.map((each) => ({ reason: each.status, message: "", ...each })),
    },
  };
}
