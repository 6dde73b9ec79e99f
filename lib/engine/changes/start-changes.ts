import type { ChangeWorld } from "../../changes/change-world.ts";
import { readProtection, syncChangesOnce } from "./sync-changes-once.ts";

interface Running {
  close(): Promise<void>;
}

export interface StartChanges {
  world: ChangeWorld;
  pollMs?: number;
  /** After the mirror moved (the sync engine's view of it is refreshed here). */
  onFetched?: () => Promise<void>;
}

export interface RunningChanges extends Running {
  /** Look again now; with a number, at that pull request whatever its date says. */
  look(number?: number): void;
}

const everyPasses = 20;

/**
 * The loop of one replica (the leader's): a pass every 15 s, which costs two conditional requests while nothing
 * changed, at once when told, and every 20th pass whatever the forge says. What failed once is tried again after the
 * same time, then later, by a minute at most.
 */
export function startChanges({ world, pollMs = 15_000, onFetched }: StartChanges): RunningChanges {
  let stopped = false;
  let told = new Set<number>();
  let again = false;
  let wake: (() => void) | null = null;
  let passes = 0;
  let failures = 0;

  const pass = async (): Promise<void> => {
    const look = told;
    told = new Set();
    again = false;
    const force = passes % everyPasses === 0;
    passes += 1;
    try {
      if (force) await readProtection(world);
      await syncChangesOnce(world, { force, look, onFetched });
      failures = 0;
    } catch (error) {
      failures += 1;
      look.forEach((number) => told.add(number));
      if (force) passes -= 1;
      world.log.warn({ error: String(error), failures }, "a pass over the fleet repository failed");
    }
  };

  const pause = (): Promise<void> => {
    // Never so long that pages go on telling of a trouble that is over.
    const wait = pollMs * 2 ** Math.min(Math.max(failures - 1, 0), 2);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  };

  const loop = async (): Promise<void> => {
    // `stopped` and `again` change while a pass waits.
    const running = (): boolean => !stopped;
    while (running()) {
      await pass();
      if (running() && !again) await pause();
    }
  };
  const done = loop();

  return {
    look: (number) => {
      if (number !== undefined) told.add(number);
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
