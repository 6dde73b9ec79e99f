import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tones } from "../cluster/mark.ts";
import { parseMoment } from "./parse-moment.ts";
import { countTones, runsOf, stripTones } from "./strip.ts";
import { bucketsOf, timelineRanges } from "./timeline-range.ts";

const now = new Date("2026-11-24T12:07:30Z");
const since = new Date("2026-11-01T00:00:00Z");

describe("buckets", () => {
  it.each(timelineRanges)(
    "%s: under a hundred, the last one holds now, none moves within its length",
    (range) => {
      const { from, to, bucketMs, count } = bucketsOf(range, now);
      expect(count).toBeLessThan(100);
      expect(to.getTime() - from.getTime()).toBe(count * bucketMs);
      expect(to.getTime() - now.getTime()).toBeGreaterThanOrEqual(0);
      expect(to.getTime() - now.getTime()).toBeLessThan(bucketMs);
      expect(bucketsOf(range, new Date(now.getTime() + 60_000)).to).toEqual(to);
    },
  );
});

describe("strips", () => {
  it("know every tone", () => {
    expect([...stripTones].sort()).toEqual([...tones].sort());
  });

  it("runs cover every bucket once, neighbours differ, and what was not recorded is a gap", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-8]{1,96}$/), (digits) => {
        const runs = runsOf(digits);
        expect(runs[0]?.from).toBe(0);
        expect(runs.at(-1)?.to).toBe(digits.length);
        for (const [index, run] of runs.entries()) {
          const next = runs[index + 1];
          if (next) expect([next.from, next.tone === run.tone]).toEqual([run.to, false]);
          for (let at = run.from; at < run.to; at += 1) expect(run.tone === null).toBe(digits[at] === "0");
        }
      }),
    );
  });

  it("counts of a bucket are the recorded strips, never more", () => {
    expect(countTones(["180", "118", "000"], 3).map((bucket) => [bucket[0], bucket.at(-1)])).toEqual([
      [2, 0],
      [1, 1],
      [0, 1],
    ]);
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[0-8]{8}$/), { maxLength: 20 }), (strips) => {
        for (const [index, bucket] of countTones(strips, 8).entries()) {
          const recorded = strips.filter((strip) => strip[index] !== "0").length;
          expect(bucket.reduce((a, b) => a + b, 0)).toBe(recorded);
        }
      }),
    );
  });
});

describe("parseMoment", () => {
  it.each([
    ["2026-11-24T03:12:00Z", "2026-11-24T03:12:00.000Z"],
    ["2026-11-24T03:12Z", "2026-11-24T03:12:00.000Z"],
    ["2026-11-24T04:12:00.5+01:00", "2026-11-24T03:12:00.500Z"],
    ["2026-11-01T00:00:00Z", "2026-11-01T00:00:00.000Z"],
  ])("%s", (text, at) => {
    expect(parseMoment(text, { since, now }).at?.toISOString()).toBe(at);
  });

  it.each([
    ["", "is no time"],
    ["03:12", "is no time"],
    ["2026-11-24", "is no time"],
    ["2026-11-24T03:12:00", "with its zone"],
    ["2026-02-30T03:12:00Z", "is no time"],
    ["2026-11-24T25:12:00Z", "is no time"],
    ["<script>", "is no time"],
    ["2026-11-24T12:07:31Z", "has not come yet"],
    ["2026-10-31T23:59:59Z", "History begins at 2026-11-01T00:00:00.000Z"],
  ])("refuses %s and says why", (text, why) => {
    expect(parseMoment(text, { since, now })).toMatchObject({
      at: null,
      problem: expect.stringContaining(why) as string,
    });
  });

  it("says that nothing was recorded yet", () => {
    expect(parseMoment("2026-11-24T03:12:00Z", { since: null, now }).problem).toContain(
      "Nothing has been recorded",
    );
  });
});
