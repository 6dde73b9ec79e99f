import { setTimeout as delay } from "node:timers/promises";
import type { LimitGate } from "./limit-gate.ts";
import { retryAfterOf } from "./retry-after.ts";
import { sendFollowing } from "./send-following.ts";

type Fetch = typeof globalThis.fetch;

/** How long and how often a request is tried. */
export interface SenderOptions {
  /** For one attempt, its answer's last byte included. */
  deadlineMs: number;
  /** Further attempts after the first, for requests that may be repeated. */
  retries: number;
  /** Before the first further attempt; doubled after each. */
  firstDelayMs: number;
}

/** Longer than this nobody waits inside one call: the caller is told when to come back instead. */
const longestWaitMs = 5_000;

/** POSTs that change nothing anybody can see twice: unreachable objects, labels that are a set, tokens. */
const repeatable = /\/(git\/(blobs|trees|commits)|issues\/\d+\/labels|access_tokens)$/;

/**
 * A fetch for Octokit with a deadline on every attempt, bounded retries of what may be repeated, and silence while the
 * forge limits us. Anything else is sent exactly once: whether a write whose answer was lost took place is for the
 * caller to find out (`answered-or-found.ts`).
 */
export function sender(options: SenderOptions, gate: LimitGate): Fetch {
  return async (input, init = {}) => {
    const closed = gate.answer();
    if (closed) return closed;
    const attempts = 1 + (mayRepeat(input, init.method ?? "GET") ? options.retries : 0);
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await attemptOnce(input, init, options.deadlineMs);
      const waitMs = pause(outcome, options.firstDelayMs * 2 ** (attempt - 1));
      if (attempt < attempts && waitMs !== null) await delay(waitMs);
      else if (outcome instanceof Error) throw outcome;
      else {
        await gate.note(outcome);
        return outcome;
      }
    }
  };
}

function mayRepeat(input: string | URL | Request, method: string): boolean {
  if (["GET", "HEAD", "PATCH", "DELETE"].includes(method)) return true;
  return method === "POST" && typeof input === "string" && repeatable.test(input);
}

/** How long to wait before the next attempt; null when another makes no sense (now). */
function pause(outcome: Response | Error, backoffMs: number): number | null {
  const waitMs = backoffMs * (0.75 + Math.random() / 2);
  if (outcome instanceof Error) return waitMs;
  if (outcome.status < 500) return null;
  const asked = (retryAfterOf(outcome.headers) ?? 0) * 1000;
  return asked > longestWaitMs ? null : Math.max(asked, waitMs);
}

/** An answer with its whole body, or what stood in the way; Octokit would take half a body for the whole. */
async function attemptOnce(
  input: string | URL | Request,
  init: RequestInit,
  deadlineMs: number,
): Promise<Response | Error> {
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    const signal = init.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
    const answer = await sendFollowing(input, { ...init, signal });
    const body = await answer.arrayBuffer();
    const { status, statusText, headers } = answer;
    const whole = new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
    // Paging reads the address, which a made Response lacks.
    return Object.defineProperty(whole, "url", { value: answer.url });
  } catch (cause) {
    if (deadline.aborted) return new Error(`no answer within ${String(deadlineMs / 1000)} s`, { cause });
    return cause instanceof Error ? cause : new Error(String(cause));
  }
}
