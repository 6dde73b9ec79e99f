import { kubeTime } from "../runtime/conditions.ts";
import type { Condition, NewCondition } from "../runtime/conditions.ts";

/**
 * Sets a condition as Flux does (fluxcd/pkg runtime/conditions): the transition time moves with status, reason or
 * message, and the list is kept in order: Reconciling or Stalled, Ready, then by name.
 */
export function setFluxCondition(conditions: readonly Condition[], next: NewCondition): Condition[] {
  const known = conditions.find((each) => each.type === next.type);
  const same =
    known !== undefined &&
    known.status === next.status &&
    known.reason === next.reason &&
    known.message === next.message;
  const lastTransitionTime = same ? known.lastTransitionTime : kubeTime();
  const others = conditions.filter((each) => each.type !== next.type);
  return [...others, { ...next, lastTransitionTime }].sort(byRank);
}

function byRank(a: Condition, b: Condition): number {
  return rank(a.type) - rank(b.type) || (a.type < b.type ? -1 : 1);
}

function rank(type: string): number {
  if (type === "Reconciling" || type === "Stalled") return 0;
  return type === "Ready" ? 1 : 2;
}
