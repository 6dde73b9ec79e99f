import { isTrouble, syncRank, type Judged } from "../flux/sync.ts";
import { unreadyObjects } from "../flux/unready-objects.ts";

/** What one must know of a Flux object to find out whether another one explains it. */
export interface CausalObject extends Judged {
  kind: string;
  namespace: string;
  name: string;
  home: "management" | "workload";
  role: string | null;
  message: string | null;
  blockedBy: string | null;
}

/**
 * The troubled objects nothing else explains, worst first. A failing dependency swallows what it blocks, a
 * nested object its parent's failing health check, and the workload's own trouble the management cluster's
 * `flux-config`, which only waits for it.
 */
export function rootCauses<T extends CausalObject>(objects: readonly T[], now: Date): T[] {
  const troubled = objects.filter((object) => isTrouble(object, now));
  const own = troubled.some(({ home }) => home === "workload");
  const isTroubled = (home: string, kind: string, key: string) =>
    troubled.some((other) => other.home === home && other.kind === kind && keyOf(other) === key);
  const explained = (object: T): boolean => {
    if (own && object.home === "management" && object.role === "flux-config") return true;
    if (object.blockedBy !== null && isTroubled(object.home, object.kind, object.blockedBy)) return true;
    return unreadyObjects(object.message).some(
      (unready) => keyOf(unready) !== keyOf(object) && isTroubled(object.home, unready.kind, keyOf(unready)),
    );
  };
  return troubled.filter((object) => !explained(object)).sort(worstFirst);
}

function worstFirst(a: CausalObject, b: CausalObject): number {
  const rank = (object: CausalObject) => (object.sync ? syncRank(object.sync) : Number.MAX_SAFE_INTEGER);
  return rank(a) - rank(b) || a.name.localeCompare(b.name);
}

export function keyOf({ namespace, name }: { namespace: string; name: string }): string {
  return `${namespace}/${name}`;
}
