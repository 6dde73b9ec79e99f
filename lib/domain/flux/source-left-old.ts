import { isFluxSource } from "./flux-kinds.ts";
import type { SyncState } from "./sync.ts";

interface Source {
  kind: string;
  sync: SyncState | null;
  /** Of its artifact. */
  revision: string | null;
}

export function isSource(object: { kind: string }): boolean {
  return isFluxSource(object.kind);
}

/**
 * A source that cannot be fetched, while what it fetched last is still served: Kustomizations go on with that
 * artifact (recording git-down), so nothing fails on the cluster; its revision is old, that is all.
 */
export function isLeftOld(object: Source): boolean {
  return isSource(object) && object.sync === "Failing" && object.revision !== null;
}
