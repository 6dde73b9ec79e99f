import { backoffMs } from "./backoff.ts";

/** What handling one key asks for next. */
export type Handled = { requeueAfterMs?: number } | undefined;

/** Settings of a queue. */
export interface WorkQueueOptions {
  concurrency: number;
  handle: (key: string) => Promise<Handled>;
  /** Told of each failure; the key is retried with backoff whatever it does. */
  onError: (key: string, error: unknown) => void;
  /** Keys of a lower rank are handled first, whenever they came; asked as a key becomes ready. All 0 unless told. */
  rank?: (key: string) => number;
}

/**
 * A queue of keys: a key waits at most once, is never handled twice at a time, and comes back after a failure
 * with growing delay (0.75 s … 60 s).
 */
export class WorkQueue {
  readonly #options: WorkQueueOptions;
  readonly #ready = new Map<string, number>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #dirty = new Set<string>();
  readonly #timers = new Map<string, { at: number; timer: NodeJS.Timeout }>();
  readonly #failures = new Map<string, number>();
  #closed = false;

  constructor(options: WorkQueueOptions) {
    this.#options = options;
  }

  /** Asks for a key to be handled, now or later; an earlier request wins over a later one. */
  add(key: string, afterMs = 0): void {
    if (this.#closed) return;
    if (afterMs > 0) this.#later(key, afterMs);
    else if (this.#running.has(key)) this.#dirty.add(key);
    else {
      const rank = this.#options.rank?.(key) ?? 0;
      this.#ready.set(key, Math.min(rank, this.#ready.get(key) ?? rank));
      this.#pump();
    }
  }

  /** Takes no more work and waits for what is being done. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { timer } of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#ready.clear();
    await Promise.all(this.#running.values());
  }

  #later(key: string, afterMs: number): void {
    const at = Date.now() + afterMs;
    const known = this.#timers.get(key);
    if (known !== undefined && known.at <= at) return;
    clearTimeout(known?.timer);
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      this.add(key);
    }, afterMs);
    this.#timers.set(key, { at, timer });
  }

  #pump(): void {
    while (!this.#closed && this.#running.size < this.#options.concurrency) {
      const key = this.#first();
      if (key === undefined) return;
      this.#ready.delete(key);
      this.#running.set(key, this.#work(key));
    }
  }

  /** The oldest of the lowest rank. */
  #first(): string | undefined {
    let first: string | undefined;
    let lowest = Infinity;
    for (const [key, rank] of this.#ready) {
      if (rank < lowest) [first, lowest] = [key, rank];
    }
    return first;
  }

  async #work(key: string): Promise<void> {
    // Lets `#running` know of this key before anything of the handler runs.
    await Promise.resolve();
    // The handler decides anew when the key comes back.
    clearTimeout(this.#timers.get(key)?.timer);
    this.#timers.delete(key);
    let after = 0;
    try {
      after = (await this.#options.handle(key))?.requeueAfterMs ?? 0;
      this.#failures.delete(key);
    } catch (error) {
      const failures = this.#failures.get(key) ?? 0;
      this.#failures.set(key, failures + 1);
      after = backoffMs(failures);
      if (!this.#closed) this.#options.onError(key, error);
    }
    this.#running.delete(key);
    if (after > 0) this.add(key, after);
    if (this.#dirty.delete(key)) this.add(key);
    this.#pump();
  }
}
