import type { Unstructured } from "../runtime/objects.ts";
import { said } from "./conditions.ts";
import type { Said } from "./conditions.ts";
import { PAUSED_ANNOTATION } from "./kinds.ts";
import { isTrueAt } from "./read.ts";

/**
 * The `Paused` condition (Cluster API, `paused.EnsurePausedCondition`): `spec.paused` of the Cluster pauses all its
 * objects, the annotation only the one it is on, whatever its value.
 */
export function pausedCondition(cluster: Unstructured | undefined, object: Unstructured): Said {
  const why: string[] = [];
  if (isTrueAt(cluster, "spec", "paused")) why.push("Cluster spec.paused is set to true");
  if (object.metadata.annotations?.[PAUSED_ANNOTATION] !== undefined)
    why.push(`${object.kind} has the ${PAUSED_ANNOTATION} annotation`);
  return why.length > 0
    ? said("Paused", "True", "Paused", why.join(", "))
    : said("Paused", "False", "NotPaused");
}

/** Whether an object is paused. */
export function isPaused(cluster: Unstructured | undefined, object: Unstructured): boolean {
  return pausedCondition(cluster, object).status === "True";
}
