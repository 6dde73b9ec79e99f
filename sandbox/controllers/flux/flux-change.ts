import type { Change } from "../runtime/informer.ts";
import { REQUESTED_AT } from "./flux-kinds.ts";

/**
 * Whether a change concerns the object's own reconciler: a new generation, a request, finalizers, deletion; not
 * the status it wrote itself. Flux's own predicate.
 */
export function concernsReconciler({ type, object, old }: Change): boolean {
  if (type === "deleted") return false;
  if (old === undefined) return true;
  const now = object.metadata;
  const before = old.metadata;
  return (
    now.generation !== before.generation ||
    now.deletionTimestamp !== before.deletionTimestamp ||
    now.annotations?.[REQUESTED_AT] !== before.annotations?.[REQUESTED_AT] ||
    now.finalizers?.join() !== before.finalizers?.join()
  );
}
