import { isLimit, quietSeconds } from "./retry-after.ts";

/**
 * Keeps an identity quiet while the forge limits it: GitHub punishes those who go on asking. Until the time the forge
 * named, every request gets the forge's own refusal back, with what is left to wait.
 */
export class LimitGate {
  #refusal: { status: number; body: string; until: number } | null = null;

  /** The refusal that still holds, or null. */
  answer(now: number = Date.now()): Response | null {
    const held = this.#refusal;
    if (held === null || held.until <= now) return null;
    const { status, body, until } = held;
    const seconds = String(Math.ceil((until - now) / 1000));
    return new Response(body, {
      status,
      headers: { "content-type": "application/json; charset=utf-8", "retry-after": seconds },
    });
  }

  /** Looks at an answer; closes the gate when it is a limit. */
  async note(answer: Response, now: number = Date.now()): Promise<void> {
    const { status } = answer;
    if (status !== 403 && status !== 429) return;
    const { headers } = answer;
    const body = await answer.clone().text();
    if (isLimit(status, headers, body))
      this.#refusal = { status, body, until: now + quietSeconds(headers, now) * 1000 };
  }
}
