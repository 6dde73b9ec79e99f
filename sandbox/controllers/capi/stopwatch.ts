/**
 * How long simulated work has been going on. Kept in memory only: after a restart what was in progress begins
 * again, as a cloud's operation would be polled anew.
 */
export class Stopwatch {
  readonly #started = new Map<string, { what: string; at: number }>();

  /** Milliseconds since `what` was first asked for this key; other work starts the watch again. */
  elapsed(key: string, what: string, now = Date.now()): number {
    const known = this.#started.get(key);
    if (known?.what === what) return now - known.at;
    this.#started.set(key, { what, at: now });
    return 0;
  }

  /** Forgets a key: nothing goes on. */
  clear(key: string): void {
    this.#started.delete(key);
  }
}
