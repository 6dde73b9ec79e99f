const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export const timelineRanges = ["24h", "7d", "30d"] as const;
export type TimelineRange = (typeof timelineRanges)[number];

/** A stretch of time cut into buckets of one length; `to` is the end of the last, at or after now. */
export interface Buckets {
  from: Date;
  to: Date;
  bucketMs: number;
  count: number;
}

/** Under a hundred buckets each: what a strip can show, and what 2,000 clusters may cost. */
const shapes: Record<TimelineRange, { bucketMs: number; count: number }> = {
  "24h": { bucketMs: 15 * minuteMs, count: 96 },
  "7d": { bucketMs: 2 * hourMs, count: 84 },
  "30d": { bucketMs: 8 * hourMs, count: 90 },
};

/** The buckets of a range that ends now; on whole multiples of their length, so that they stay while time passes. */
export function bucketsOf(range: TimelineRange, now: Date): Buckets {
  const { bucketMs, count } = shapes[range];
  const to = Math.ceil(now.getTime() / bucketMs) * bucketMs;
  return { from: new Date(to - count * bucketMs), to: new Date(to), bucketMs, count };
}
