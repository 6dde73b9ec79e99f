import { setTimeout as delay } from "node:timers/promises";

/** Asks again until the answer is not undefined; undefined when `timeoutMs` passes first. Errors count as "not yet". */
export async function waitFor<T>(
  ask: () => Promise<T | undefined>,
  { timeoutMs, everyMs = 300 }: { timeoutMs: number; everyMs?: number },
): Promise<T | undefined> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined || Date.now() > deadline) return answer;
    await delay(everyMs);
  }
}
