import { isLeftOld, isSource } from "../flux/source-left-old.ts";
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
  /** What it applied, or of a source: what it serves. */
  revision: string | null;
}

const missingArtifact = /^Source artifact not found/;

/**
 * The troubled objects nothing else explains, worst first. A failing dependency swallows what it blocks, a
 * nested object its parent's failing health check, a source without artifact what it feeds, and the workload's own
 * trouble the management cluster's `flux-config`, which only waits for it. A source that is merely left old is no
 * trouble of the cluster (`oldSources` has it), nor is a health check that waits for such sources alone.
 */
export function rootCauses<T extends CausalObject>(objects: readonly T[], now: Date): T[] {
  const troubled = objects.filter((object) => isTrouble(object, now));
  const own = troubled.some((object) => object.home === "workload" && !isLeftOld(object));
  const isTroubled = (home: string, kind: string, key: string) =>
    troubled.some((other) => other.home === home && other.kind === kind && keyOf(other) === key);
  const old = new Set(troubled.filter(isLeftOld).map((object) => `${object.kind}/${keyOf(object)}`));
  const explained = (object: T): boolean => {
    if (own && object.home === "management" && object.role === "flux-config") return true;
    if (object.blockedBy !== null && isTroubled(object.home, object.kind, object.blockedBy)) return true;
    if (missingArtifact.test(object.message ?? ""))
      return troubled.some((other) => other.home === object.home && isSource(other) && !isLeftOld(other));
    const unready = unreadyObjects(object.message);
    if (unready.length > 0 && unready.every((one) => old.has(`${one.kind}/${keyOf(one)}`))) return true;
    return unready.some(
      (one) =>
        keyOf(one) !== keyOf(object) &&
        !old.has(`${one.kind}/${keyOf(one)}`) &&
        isTroubled(object.home, one.kind, keyOf(one)),
    );
  };
  return troubled.filter((object) => !isLeftOld(object) && !explained(object)).sort(worstFirst);
}

/** Sources that cannot be fetched while their last artifact is still served. */
export function oldSources<T extends CausalObject>(objects: readonly T[]): T[] {
  return objects.filter(isLeftOld);
}

function worstFirst(a: CausalObject, b: CausalObject): number {
  const rank = (object: CausalObject) => (object.sync ? syncRank(object.sync) : Number.MAX_SAFE_INTEGER);
  return rank(a) - rank(b) || a.name.localeCompare(b.name);
}

export function keyOf({ namespace, name }: { namespace: string; name: string }): string {
  return `${namespace}/${name}`;
}
