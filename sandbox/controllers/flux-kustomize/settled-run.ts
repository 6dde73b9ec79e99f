import type { ClusterAccess } from "./cluster-access.ts";
import type { Awaited } from "./wait-for-objects.ts";

/** What a whole reconcile that succeeded found, to tell when a new revision brings its Kustomization nothing new. */
export interface SettledRun {
  /** Of the Kustomization's spec. */
  generation: number;
  access: ClusterAccess;
  /** Names everything that went into the build. */
  content: string;
  /** Of what was built. */
  digest: string;
  /** Whether health was checked, and of what it may still change. */
  checksHealth: boolean;
  awaited: Awaited[];
  /** When all is compared with the cluster again (`performance.now()`). */
  dueMs: number;
}
