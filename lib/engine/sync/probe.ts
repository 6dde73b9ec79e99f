import { setTimeout as pause } from "node:timers/promises";
import { aborted } from "../../kubernetes/aborted.ts";
import { errorFromCause, type KubeApiError } from "../../kubernetes/api-error.ts";
import type { KubeClient } from "../../kubernetes/client.ts";
import type { SyncTimings } from "./options.ts";

export interface ProbeOptions {
  client: KubeClient;
  timings: SyncTimings;
  signal: AbortSignal;
  now: () => Date;
  /** `tookMs`: how long it had to be waited for. */
  onAnswer: (at: Date, tookMs: number) => void;
  /** After every failure; `count` in a row, the first of them at `since`. */
  onFailure: (failure: { error: KubeApiError; count: number; since: Date }) => void;
}

/** Asks an API server again and again whether it is there, more rarely while it is not. Never rejects. */
export async function probe({
  client,
  timings,
  signal,
  now,
  onAnswer,
  onFailure,
}: ProbeOptions): Promise<void> {
  let count = 0;
  let since = now();
  while (!signal.aborted) {
    try {
      const asked = performance.now();
      await client.get("/version", signal);
      count = 0;
      onAnswer(now(), performance.now() - asked);
    } catch (cause) {
      if (aborted(signal)) return;
      if (count === 0) since = now();
      count += 1;
      onFailure({ error: errorFromCause(cause), count, since });
    }
    const slower = Math.max(0, count - 3);
    const delayMs = Math.min(timings.maxBackoffMs, timings.probeMs * 2 ** slower);
    await pause(delayMs * (0.8 + Math.random() * 0.4), undefined, { signal }).catch(() => undefined);
  }
}
