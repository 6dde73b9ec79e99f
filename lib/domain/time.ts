/** Milliseconds from `since` to `now`; null (never known) counts as no time at all. */
export function ageMs(since: string | null | undefined, now: Date): number {
  if (since === null || since === undefined) return 0;
  const at = Date.parse(since);
  return Number.isNaN(at) ? 0 : now.getTime() - at;
}

/** Seconds of a Go duration such as `1m30s` or `10m0s`; null where it is none. */
export function parseGoDuration(text: string | null | undefined): number | null {
  if (!text || !/^(\d+(\.\d+)?(h|m|s|ms|us|µs|ns))+$/.test(text)) return null;
  const unit: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };
  let seconds = 0;
  for (const [, amount, name] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|us|µs|ns|m|s)/g)) {
    seconds += Number(amount) * (unit[name ?? ""] ?? 0);
  }
  return seconds;
}
