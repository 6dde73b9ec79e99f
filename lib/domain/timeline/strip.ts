import type { Tone } from "../cluster/mark.ts";

/** Tones from best to worst: what of a bucket is shown is the worst that was recorded in it. */
export const stripTones: readonly Tone[] = [
  "healthy",
  "suspended",
  "waiting",
  "progress",
  "unknown",
  "attention",
  "blocked",
  "failed",
];

/** Buckets of one tone in a row; null: nothing was recorded. */
export interface Run {
  tone: Tone | null;
  /** First bucket, and the one after the last. */
  from: number;
  to: number;
}

/** One digit a bucket: 0 nothing recorded, else the place of the tone in `stripTones`, counted from 1. */
function toneOfDigit(digit: string): Tone | null {
  return stripTones[Number(digit) - 1] ?? null;
}

/** A strip's digits as runs that follow each other without a hole. */
export function runsOf(digits: string): Run[] {
  const runs: Run[] = [];
  for (const [index, digit] of Array.from(digits).entries()) {
    const tone = toneOfDigit(digit);
    const last = runs.at(-1);
    if (last && last.tone === tone) last.to = index + 1;
    else runs.push({ tone, from: index, to: index + 1 });
  }
  return runs;
}

/** How many strips have which tone in each bucket; `unrecorded` of each bucket is the rest. */
export function countTones(strips: readonly string[], buckets: number): number[][] {
  const counts = Array.from({ length: buckets }, () => stripTones.map(() => 0));
  for (const strip of strips)
    for (const [index, bucket] of counts.entries()) {
      const at = Number(strip[index] ?? "0") - 1;
      if (at >= 0 && at < bucket.length) bucket[at] = (bucket[at] ?? 0) + 1;
    }
  return counts;
}
