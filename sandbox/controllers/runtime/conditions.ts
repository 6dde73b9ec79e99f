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

/**
 * Sets a condition in a copy of the list: in place when its type is there, else at the end. The transition time
 * moves only with the status, as apimachinery's `meta.SetStatusCondition` does.
 */
export function setCondition(
  conditions: readonly Condition[],
  condition: NewCondition,
  now: Date = new Date(),
): Condition[] {
  const at = conditions.findIndex((each) => each.type === condition.type);
  const known = conditions[at];
  const lastTransitionTime =
    known !== undefined && known.status === condition.status ? known.lastTransitionTime : kubeTime(now);
  const next: Condition = { ...condition, lastTransitionTime };
  return known === undefined ? [...conditions, next] : conditions.map((each, i) => (i === at ? next : each));
}

/** The condition of a type, if it is there. */
export function getCondition(
  conditions: readonly Condition[] | undefined,
  type: string,
): Condition | undefined {
  return conditions?.find((each) => each.type === type);
}

/** A copy of the list without these types. */
export function removeConditions(conditions: readonly Condition[], ...types: string[]): Condition[] {
  return conditions.filter((each) => !types.includes(each.type));
}
