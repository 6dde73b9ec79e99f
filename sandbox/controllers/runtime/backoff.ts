/** Exponential delay: 0.75 s, doubled with each failure, at most 60 s, as Flux is set up. */
export function backoffMs(failures: number, minMs = 750, maxMs = 60_000): number {
  return Math.min(maxMs, minMs * 2 ** Math.min(failures, 20));
}

/** Waits; ends early without error when `signal` aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
