import type { Unstructured } from "../runtime/objects.ts";

/** kstatus' verdicts. */
export type ObjectStatus = "Current" | "InProgress" | "Failed" | "Terminating" | "NotFound" | "Unknown";

interface Fields {
  [field: string]: unknown;
}

interface Facts {
  generation: number;
  spec: Fields;
  status: Fields;
  condition: (type: string) => { status: string; reason: string } | undefined;
}

/**
 * Whether an object is what its spec asks for. Source: cli-utils kstatus, generic rules and those of the built-in
 * kinds. An object without any known condition is Current the moment it exists.
 */
export function objectStatus(object: Unstructured): ObjectStatus {
  if (object.metadata.deletionTimestamp !== undefined) return "Terminating";
  const facts = factsOf(object);
  const { observedGeneration } = facts.status;
  if (typeof observedGeneration === "number" && observedGeneration !== facts.generation) return "InProgress";
  if (facts.condition("Reconciling")?.status === "True") return "InProgress";
  if (facts.condition("Stalled")?.status === "True") return "Failed";
  const group = object.apiVersion.includes("/") ? object.apiVersion.split("/")[0] : "";
  const special = SPECIAL[`${group ?? ""}/${object.kind}`];
  if (special !== undefined) return special(facts);
  const ready = facts.condition("Ready")?.status;
  return ready === undefined || ready === "True" ? "Current" : "InProgress";
}

const SPECIAL: Record<string, (facts: Facts) => ObjectStatus> = {
  "apps/Deployment": deployment,
  "apps/StatefulSet": ({ spec, status }) => {
    const wanted = count(spec.replicas, 1);
    const done = [status.replicas, status.readyReplicas, status.updatedReplicas].every(
      (n) => count(n) >= wanted,
    );
    return done ? "Current" : "InProgress";
  },
  "apps/ReplicaSet": ({ spec, status }) =>
    count(status.availableReplicas) >= count(spec.replicas, 1) ? "Current" : "InProgress",
  "apps/DaemonSet": ({ status }) => {
    const wanted = count(status.desiredNumberScheduled, -1);
    if (wanted < 0) return "InProgress";
    const done = [status.numberReady, status.numberAvailable, status.updatedNumberScheduled];
    return done.every((n) => count(n) >= wanted) ? "Current" : "InProgress";
  },
  "batch/Job": ({ condition, status }) => {
    if (condition("Failed")?.status === "True") return "Failed";
    return condition("Complete")?.status === "True" || status.startTime !== undefined
      ? "Current"
      : "InProgress";
  },
  "/PersistentVolumeClaim": ({ status }) => (status.phase === "Bound" ? "Current" : "InProgress"),
  "/Pod": ({ status, condition }) => {
    if (status.phase === "Succeeded") return "Current";
    if (status.phase === "Failed") return "Failed";
    return condition("Ready")?.status === "True" ? "Current" : "InProgress";
  },
  "apiextensions.k8s.io/CustomResourceDefinition": ({ condition }) => {
    if (condition("NamesAccepted")?.status === "False") return "Failed";
    return condition("Established")?.status === "True" ? "Current" : "InProgress";
  },
};

function deployment({ spec, status, condition }: Facts): ObjectStatus {
  const progressing = condition("Progressing");
  if (progressing?.reason === "ProgressDeadlineExceeded") return "Failed";
  const wanted = count(spec.replicas, 1);
  const { replicas, updatedReplicas, readyReplicas, availableReplicas } = status;
  if (count(updatedReplicas) < wanted || count(replicas) > count(updatedReplicas)) return "InProgress";
  if (count(availableReplicas) < count(updatedReplicas) || count(readyReplicas) < wanted) return "InProgress";
  return condition("Available")?.status === "True" ? "Current" : "InProgress";
}

function count(value: unknown, fallback = 0): number {
  return typeof value === "number" ? value : fallback;
}

function factsOf(object: Unstructured): Facts {
  const status = fields(object.status);
  const conditions = Array.isArray(status.conditions) ? status.conditions.map(fields) : [];
  return {
    generation: object.metadata.generation ?? 0,
    spec: fields(object.spec),
    status,
    condition: (type) => {
      const found = conditions.find((each) => each.type === type);
      return found === undefined ? undefined : { status: String(found.status), reason: String(found.reason) };
    },
  };
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
