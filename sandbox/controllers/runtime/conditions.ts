/** A `metav1.Condition` as stored; time fields are RFC 3339 in whole seconds. */
export interface Condition {
  type: string;
  status: "True" | "False" | "Unknown";
  reason: string;
  message: string;
  lastTransitionTime: string;
  observedGeneration?: number;
}

/** What a controller says; the transition time is worked out. */
export type NewCondition = Omit<Condition, "lastTransitionTime">;

/** Now, as Kubernetes writes times: RFC 3339 in whole seconds. */
export function kubeTime(at: Date = new Date()): string {
  return at.toISOString().replace(/\.\d+Z$/, "Z");
}

/** The condition of a type, if it is there. */
export function getCondition(
  conditions: readonly Condition[] | undefined,
  type: string,
): Condition | undefined {
  return conditions?.find((each) => each.type === type);
}
