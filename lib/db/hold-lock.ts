import { Client } from "pg";

export interface HoldLockOptions {
  /** A connection that is not pooled per transaction: the lock lives as long as it does. */
  url: string;
  /** Hashed by Postgres into the advisory lock's key. */
  name: string;
  retryMs: number;
  /** The lock is ours: start what only one process may do. `giveUp` lets it go. */
  onHeld: (giveUp: () => void) => Promise<{ close(): Promise<void> }>;
  onError: (error: unknown) => void;
}

/**
 * Tries for an advisory lock until it has it, and again whenever it was lost with its connection. What was
 * started is closed before the lock is let go. `close` may be called twice.
 */
export function holdLock(options: HoldLockOptions): { close(): Promise<void> } {
  const stop = new AbortController();
  const done = keepTrying(options, stop.signal);
  return {
    async close() {
      stop.abort();
      await done;
    },
  };
}

async function keepTrying(options: HoldLockOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await tryOnce(options, signal);
    } catch (error) {
      if (!isOver(signal)) options.onError(error);
    }
    await settled(signal, options.retryMs);
  }
}

async function tryOnce({ url, name, onHeld, retryMs }: HoldLockOptions, signal: AbortSignal): Promise<void> {
  const client = new Client({ connectionString: url, keepAlive: true });
  const over = new AbortController();
  const giveUp = (): void => {
    over.abort();
  };
  client.on("error", giveUp);
  client.on("end", giveUp);
  await client.connect();
  try {
    const { rows } = await client.query<{ held: boolean }>(
      "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held",
      [name],
    );
    if (rows[0]?.held !== true) return;
    const running = await onHeld(giveUp);
    try {
      while (!signal.aborted && !over.signal.aborted) {
        await settled(AbortSignal.any([signal, over.signal]), retryMs);
        // A connection that died without a word is found out by asking.
        if (!isOver(signal) && !isOver(over.signal)) await client.query("SELECT 1");
      }
    } finally {
      await running.close();
    }
  } finally {
    client.off("end", giveUp);
    await client.end().catch(() => undefined);
  }
}

/** Asks anew each time; the compiler takes a signal that was not aborted a line ago for one that never is. */
const isOver = (signal: AbortSignal): boolean => signal.aborted;

/** Resolves after the time, or at once when the signal aborts. */
function settled(signal: AbortSignal, ms: number): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener("abort", finish);
  });
}
