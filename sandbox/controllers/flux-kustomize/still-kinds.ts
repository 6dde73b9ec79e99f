import type { StatusEvaluator } from "./cel-evaluator.ts";
import { orderedOf } from "./resource-order.ts";
import type { Awaited } from "./wait-for-objects.ts";

/** Kinds whose health does not change by itself once they were applied and Current. */
const STILL = new Set([
  ...["ConfigMap", "Secret", "Namespace", "ServiceAccount", "Service", "LimitRange", "ResourceQuota"],
  ...["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding", "NetworkPolicy", "PriorityClass"],
  ...["CustomResourceDefinition", "StorageClass"],
]);

/** Whether an object's health may change without anybody applying it. */
export function isLively(object: Awaited, evaluators: readonly StatusEvaluator[]): boolean {
  const { group, kind } = orderedOf({ ...object });
  return !STILL.has(kind) || evaluators.some((each) => each.group === group && each.kind === kind);
}
