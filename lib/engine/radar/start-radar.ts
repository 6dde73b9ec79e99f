import type { ChangeWorld } from "../../changes/change-world.ts";
import { markApplied, pendingCommits } from "../../db/commit-targets.ts";
import { sendNotification } from "../../db/send-notification.ts";
import { followedCommits } from "../../domain/radar/followed.ts";
import { workOutTargets } from "./work-out-targets.ts";

export interface RunningRadar {
  /** The branch moved: look for new commits now. */
  look(): void;
  close(): Promise<void>;
}

const againMs = 10_000;

/**
 * Follows every commit of the default branch to its clusters: works out, one commit at a time and newest first, which
 * ones it must reach, and marks those that have applied it. Pages are told. What fails is logged and tried again.
 */
export function startRadar(world: ChangeWorld, passMs = 3_000): RunningRadar {
  const { db, repository, log } = world;
  const notBefore = new Map<string, number>();
  let stopped = false;
  let again = false;
  let wake: (() => void) | null = null;

  const workOne = async (): Promise<boolean> => {
    const now = Date.now();
    const pending = await pendingCommits(db, repository.id, followedCommits);
    const next = pending.find(({ sha }) => (notBefore.get(sha) ?? 0) <= now);
    if (!next) return false;
    try {
      if (await workOutTargets(world, next)) notBefore.delete(next.sha);
      else notBefore.set(next.sha, now + passMs);
    } catch (error) {
      notBefore.set(next.sha, now + againMs);
      log.warn({ err: error, sha: next.sha }, "could not work out which clusters a commit must reach");
    }
    return true;
  };

  const pass = async (): Promise<boolean> => {
    try {
      const worked = await workOne();
      const marked = await markApplied(db, repository.id, world.now());
      if (worked || marked > 0) await sendNotification(db, { topic: "commit", id: repository.id });
      return worked;
    } catch (error) {
      log.warn({ err: error }, "could not follow commits to their clusters; it is tried again");
      return false;
    }
  };

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, passMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const loop = async (): Promise<void> => {
    // `stopped` and `again` change while a pass waits.
    const running = (): boolean => !stopped;
    const told = (): boolean => again;
    while (running()) {
      again = false;
      const worked = await pass();
      if (running() && !worked && !told()) await pause();
    }
  };
  const done = loop();

  return {
    look: () => {
      again = true;
      wake?.();
    },
    close: async () => {
      stopped = true;
      wake?.();
      await done;
    },
  };
}
