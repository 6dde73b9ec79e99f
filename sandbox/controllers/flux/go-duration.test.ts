import { expect, it } from "vitest";
import { formatGoDuration, parseGoDuration } from "./go-duration.ts";

it.each([
  [600_000, "10m0s"],
  [3_600_000, "1h0m0s"],
  [180_000, "3m0s"],
  [5_064.588945, "5.064588945s"],
  [224.793188, "224.793188ms"],
  [0, "0s"],
])("writes %d ms as Go does", (ms, text) => {
  expect(formatGoDuration(ms)).toBe(text);
  expect(parseGoDuration(text)).toBeCloseTo(ms, 5);
});

it("reads no duration out of other text", () => {
  expect([parseGoDuration("10"), parseGoDuration("soon"), parseGoDuration(undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
