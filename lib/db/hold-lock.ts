import { Client } from "pg";

export interface HoldLockOptions {
  /** A connection that is not pooled per transaction: the lock lives as long as it does. */
  url: string;
  /** Hashed by Postgres into the advisory lock's key. */
  name: string;
  retryMs: number;
  /** How long Postgres lets the lock to a holder that says nothing: it may be frozen or cut off. */
  silenceMs?: number;
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

async function tryOnce(options: HoldLockOptions, signal: AbortSignal): Promise<void> {
  const { url, name, onHeld, retryMs, silenceMs = 7_000 } = options;
  const limits = { connectionTimeoutMillis: 5_000, query_timeout: 5_000, keepAlive: true };
  const client = new Client({ connectionString: url, ...limits });
  const over = new AbortController();
  const giveUp = (): void => {
    over.abort();
  };
  client.on("error", giveUp);
  client.on("end", giveUp);
  await client.connect();
  try {
    await endWhenSilent(client, silenceMs);
    const { rows } = await client.query<{ held: boolean }>(
      "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held",
      [name],
    );
    if (rows[0]?.held !== true) return;
    // Says that we are there, and finds out a connection that died without a word.
    const beat = setInterval(
      () => {
        client.query("SELECT 1").catch(giveUp);
      },
      Math.min(retryMs, silenceMs / 4),
    );
    try {
      const running = await onHeld(giveUp);
      await ended(AbortSignal.any([signal, over.signal]));
      await running.close();
    } finally {
      clearInterval(beat);
    }
  } finally {
    client.off("end", giveUp);
    await client.end().catch(() => undefined);
  }
}

/**
 * Postgres keeps an advisory lock for as long as the connection seems to live, which for a frozen process or a cut
 * cable is hours. So it is told to end the session of a holder that has not spoken for so long.
 */
async function endWhenSilent(client: Client, silenceMs: number): Promise<void> {
  await client.query(
    `SELECT set_config('idle_session_timeout', $1, false), set_config('tcp_keepalives_idle', '5', false),
            set_config('tcp_keepalives_interval', '2', false), set_config('tcp_keepalives_count', '3', false)`,
    [`${silenceMs}ms`],
  );
}

/** Resolves once the signal aborts. */
async function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener(
      "abort",
      () => {
        resolve();
      },
      { once: true },
    );
  });
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
