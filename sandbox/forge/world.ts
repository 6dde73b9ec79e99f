import type PQueue from "p-queue";
import type { Deliverer } from "./events/deliverer.ts";
import type { Faults } from "./faults/faults.ts";
import type { ObjectFacts } from "./git/object-facts.ts";
import type { RateLimit } from "./http/rate-limit.ts";
import type { OwnerRule } from "./rules/code-owners.ts";
import type { Pull } from "./state/state.ts";
import type { Store } from "./state/store.ts";

/** GitHub's `mergeable` and `mergeable_state`; null while it is being found out. */
export interface MergeVerdict {
  mergeable: boolean | null;
  state: "clean" | "blocked" | "behind" | "dirty" | "draft" | "unstable" | "unknown";
}

/** Knows whether pull requests can be merged. */
export interface MergeOracle {
  testMerge(pull: Pull): string | null;
  of(world: World, pull: Pull, caller: string): Promise<MergeVerdict>;
  /** While held nothing is computed: every question is answered with "unknown". */
  hold(held: boolean): void;
  settle(): Promise<void>;
}

/** Everything a handler needs: the state, the repository on disk, and the way out for events. */
export interface World {
  store: Store;
  gitDir: string;
  /** Web base without a trailing slash. */
  url: string;
  /** REST base. */
  api: string;
  deliverer: Deliverer;
  facts: ObjectFacts;
  /** CODEOWNERS of a commit, by full SHA. */
  codeOwners: (commit: string) => Promise<OwnerRule[]>;
  mergeability: MergeOracle;
  faults: Faults;
  limits: RateLimit;
  /** Writes to refs run one after another: each sees the refs and pull requests the one before left. */
  writes: PQueue;
  log(message: string): void;
}
