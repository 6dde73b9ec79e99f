import type { Comparison } from "./comparison.ts";
import { isProtected, settingsOf } from "./flux-settings.ts";
import { keyOf, type Applied, type FleetKustomization } from "./applied.ts";

/**
 * What becomes of an object that the head no longer builds: deleted, left on the cluster with nobody who manages it,
 * or not known because a build on the way fails.
 */
export type Fate = "deleted" | "left" | "unknown";

/** The object as Flux finds it on its Kustomization, parents first (gitops-reference §3.6). */
export function fateOf(one: Applied, compared: Comparison): Fate {
  const own = ownFate(one, compared);
  if (own !== "left") return own;
  return namespaceFate(one, compared) === "deleted" ? "deleted" : "left";
}

function ownFate(one: Applied, compared: Comparison): Fate {
  const { head } = compared;
  // Its controller deletes what is no longer written inside, whatever Flux is told.
  if (one.within !== null && head.applied.has(one.within)) return "deleted";
  const after = head.kustomizations.get(one.owner.id);
  if (after) {
    if (!after.build.ok || after.target !== one.target || hasOpenNames(after)) return "unknown";
    const { prune, suspend } = settingsOf(after.object);
    return prune && !suspend && !isProtected(one.object) ? "deleted" : "left";
  }
  const self = compared.base.selves.get(one.owner.id);
  const parent = self ? fateOf(self, compared) : "unknown";
  if (parent !== "deleted") return parent;
  return settingsOf(one.owner.object).keepsOnDeletion || isProtected(one.object) ? "left" : "deleted";
}

/** A variable that is not in Git leaves names nobody can compare. */
const hasOpenNames = ({ build }: FleetKustomization): boolean =>
  build.objects.some(({ metadata }) => `${metadata.name} ${metadata.namespace ?? ""}`.includes("${"));

/** Whether the Kustomization that applies it loses its place in Git but goes on: nobody takes the object away. */
export function goesOn(one: Applied, compared: Comparison): boolean {
  if (compared.head.kustomizations.has(one.owner.id)) return false;
  const self = compared.base.selves.get(one.owner.id);
  return self !== undefined && (goesOn(self, compared) || fateOf(self, compared) === "left");
}

function namespaceFate(one: Applied, compared: Comparison): Fate | null {
  if (one.namespace === "") return null;
  const key = keyOf({ ...one, group: "", kind: "Namespace", namespace: "", name: one.namespace });
  const [namespace] = compared.base.applied.get(key) ?? [];
  return namespace && !compared.head.applied.has(key) ? ownFate(namespace, compared) : null;
}
