import { writeCommit } from "../git/commits.ts";
import { mergeTree } from "../git/merge.ts";
import { forceRef } from "../git/refs.ts";
import { now } from "../state/now.ts";
import type { Pull } from "../state/state.ts";
import type { MergeOracle, MergeVerdict, World } from "../world.ts";
import { mergeRefusals } from "./merge-rules.ts";
import { gatherMergeFacts, rulesetSentences } from "./pull-facts.ts";

interface Computed {
  /** Head and base the result is true for. */
  key: string;
  commit: string | null;
}

/**
 * Whether a pull request can be merged, as GitHub tells it: unknown (null) when asked for a head and base for the
 * first time, computed in the background by that question, known a moment later, forgotten with every push.
 */
export class Mergeability implements MergeOracle {
  readonly #computed = new Map<number, Computed>();
  readonly #running = new Map<number, Promise<void>>();
  #held = false;

  /** SHA of the throw-away test merge, once computed. */
  testMerge(pull: Pull): string | null {
    return this.#computed.get(pull.number)?.commit ?? null;
  }

  /** The verdict for a caller; asking starts the computation. */
  async of(world: World, pull: Pull, caller: string): Promise<MergeVerdict> {
    if (pull.state === "closed") return { mergeable: null, state: "unknown" };
    const known = this.#computed.get(pull.number);
    if (known?.key !== keyOf(pull)) {
      this.#start(world, pull);
      return { mergeable: null, state: "unknown" };
    }
    if (known.commit === null) return { mergeable: false, state: "dirty" };
    return { mergeable: true, state: await this.#stateFor(world, pull, caller) };
  }

  hold(held: boolean): void {
    this.#held = held;
  }

  /** Waits for what is being computed; for an orderly end. */
  async settle(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  async #stateFor(world: World, pull: Pull, caller: string): Promise<MergeVerdict["state"]> {
    if (pull.draft) return "draft";
    const facts = await gatherMergeFacts(world, pull, caller);
    if (facts.protection?.checks?.strict === true && facts.behind) return "behind";
    if (mergeRefusals(facts).length > 0) return "blocked";
    if ((await rulesetSentences(world, pull, caller)).length > 0) return "blocked";
    const { checkRuns, statuses } = world.store.state;
    const failing =
      checkRuns.some((run) => run.sha === pull.head.sha && run.conclusion === "failure") ||
      statuses.some((status) => status.sha === pull.head.sha && status.state === "failure");
    return failing ? "unstable" : "clean";
  }

  #start(world: World, pull: Pull): void {
    if (this.#held || this.#running.has(pull.number)) return;
    const run = this.#compute(world, pull)
      .catch((error: unknown) => {
        world.log(`mergeability of #${String(pull.number)}: ${String(error)}`);
      })
      .finally(() => this.#running.delete(pull.number));
    this.#running.set(pull.number, run);
  }

  async #compute(world: World, pull: Pull): Promise<void> {
    const key = keyOf(pull);
    const { head, base } = pull;
    const [ours, theirs, ref] = [base.sha, head.sha, `refs/pull/${String(pull.number)}/merge`];
    const tree = await mergeTree(world.gitDir, ours, theirs);
    let commit: string | null = null;
    if (tree !== null) {
      const author = { name: "GitHub", email: "noreply@github.com", date: now() };
      const message = `Merge ${theirs} into ${ours}\n`;
      commit = await writeCommit(world.gitDir, {
        tree,
        parents: [ours, theirs],
        author,
        committer: author,
        message,
      });
      await forceRef(world.gitDir, ref, commit);
    }
    this.#computed.set(pull.number, { key, commit });
  }
}

function keyOf(pull: Pull): string {
  return `${pull.base.ref} ${pull.base.sha} ${pull.head.sha}`;
}
