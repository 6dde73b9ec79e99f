import { kubeTime } from "../runtime/conditions.ts";
import type { Condition } from "../runtime/conditions.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { listAt, textAt } from "./read.ts";

export type Status = "True" | "False" | "Unknown";

/** What a state machine says of one condition; time and generation are added when it is written. */
export interface Said {
  type: string;
  status: Status;
  reason: string;
  message: string;
}

/** A v1beta1 condition: severity instead of a mandatory reason, no observedGeneration. */
export interface OldSaid {
  type: string;
  status: Status;
  severity?: "Info" | "Warning" | "Error";
  reason?: string;
  message?: string;
}

/** Short form of a condition. */
export function said(type: string, status: Status, reason: string, message = ""): Said {
  return { type, status, reason, message };
}

/** A condition of a stored object by type. */
export function conditionOf(object: unknown, type: string): Said | undefined {
  const found = listAt(object, "status", "conditions").find((each) => textAt(each, "type") === type);
  const status = textAt(found, "status");
  if (found === undefined || (status !== "True" && status !== "False" && status !== "Unknown"))
    return undefined;
  return { type, status, reason: textAt(found, "reason") ?? "", message: textAt(found, "message") ?? "" };
}

/** Whether a condition is True. */
export function isCondition(object: unknown, type: string): boolean {
  return conditionOf(object, type)?.status === "True";
}

/**
 * The list to store: in the order said, each with the generation it speaks of; the transition time moves only with
 * the status, as Cluster API's `conditions.Set` does. Types that are not said are kept behind.
 */
export function writtenConditions(object: Unstructured, list: readonly Said[], now: Date): Condition[] {
  const generation = object.metadata.generation;
  const written = list.map((each): Condition => {
    const time = transitionTime(listAt(object, "status", "conditions"), each, now);
    return {
      ...each,
      lastTransitionTime: time,
      ...(generation === undefined ? {} : { observedGeneration: generation }),
    };
  });
  const types = new Set(list.map((each) => each.type));
  const kept = listAt(object, "status", "conditions").filter(
    (each) => !types.has(textAt(each, "type") ?? ""),
  );
  return [...written, ...(kept as Condition[])];
}

/** As `writtenConditions`, for v1beta1 conditions kept at any list. */
export function writtenOldConditions(before: unknown[], list: readonly OldSaid[], now: Date): OldSaid[] {
  return list.map((each) => ({ ...each, lastTransitionTime: transitionTime(before, each, now) }));
}

function transitionTime(before: unknown[], next: { type: string; status: Status }, now: Date): string {
  const known = before.find((each) => textAt(each, "type") === next.type);
  const time = textAt(known, "lastTransitionTime");
  return time !== undefined && textAt(known, "status") === next.status ? time : kubeTime(now);
}
