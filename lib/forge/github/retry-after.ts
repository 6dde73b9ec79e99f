/** `Retry-After` in seconds, given as such or as a date; null when absent. */
export function retryAfterOf(headers: Pick<Headers, "get">, now: number = Date.now()): number | null {
  const text = headers.get("retry-after");
  if (text === null || text.trim() === "") return null;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return seconds > 0 ? seconds : null;
  const until = Date.parse(text);
  return Number.isNaN(until) ? null : Math.max(1, Math.ceil((until - now) / 1000));
}

/** Whether an answer is a limit and no refusal: 429, or 403 with nothing left or with the words for it. */
export function isLimit(status: number, headers: Pick<Headers, "get">, said: string): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return headers.get("x-ratelimit-remaining") === "0" || /rate limit|abuse detection/i.test(said);
}

/** Seconds to stay quiet: `Retry-After`, else the reset of the primary limit, else a minute (forge-reference §2.1). */
export function quietSeconds(headers: Pick<Headers, "get">, now: number = Date.now()): number {
  const given = retryAfterOf(headers, now);
  if (given !== null) return given;
  const reset = Number(headers.get("x-ratelimit-reset") ?? Number.NaN);
  if (headers.get("x-ratelimit-remaining") === "0" && Number.isFinite(reset))
    return Math.max(1, Math.ceil(reset - now / 1000));
  return 60;
}
