import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minorOf } from "../capi/version.ts";
import { calendarOf, endingWithinDays, supportOf } from "./support-of.ts";
import { supportCalendars, type CalendarName } from "./support-windows.ts";

const calendars = Object.keys(supportCalendars) as CalendarName[];
const known = calendars.flatMap((calendar) =>
  Object.entries(supportCalendars[calendar].until).map(([minor, until]) => ({ calendar, minor, until })),
);

describe("support windows", () => {
  it.each(known)("$calendar $minor ends on a real day, and its key is a minor", ({ minor, until }) => {
    expect(new Date(until).toISOString().slice(0, 10)).toBe(until);
    expect(minorOf(`${minor}.0`)).toBe(minor);
  });

  it.each(calendars)("%s names its source and the day it was read", (calendar) => {
    const { source, asOf } = supportCalendars[calendar];
    expect(new URL(source).protocol).toBe("https:");
    expect(new Date(asOf).toISOString().slice(0, 10)).toBe(asOf);
  });

  it.each([
    ["the last day itself", "v1.34", "aks", "2026-11-30T23:59:59Z", "ending", 0],
    ["the day after", "v1.34", "aks", "2026-12-01T00:00:00Z", "ended", -1],
    ["six days before", "v1.34", "aks", "2026-11-24T12:00:00Z", "ending", 6],
    ["the other calendar", "v1.34", "upstream", "2026-11-24T12:00:00Z", "ended", -28],
    ["61 days before", "v1.35", "upstream", "2026-12-29T12:00:00Z", "supported", 61],
    ["60 days before", "v1.35", "upstream", "2026-12-30T12:00:00Z", "ending", 60],
    ["a minor that the calendar lacks", "v1.99", "upstream", "2026-11-24T12:00:00Z", "unknown", null],
    ["no minor at all", "constructor", "aks", "2026-11-24T12:00:00Z", "unknown", null],
  ] as const)("%s", (_, minor, calendar, now, state, days) => {
    expect(supportOf(minor, calendar, new Date(now))).toMatchObject({ state, days });
  });

  it("never goes back: supported, then ending, then ended", () => {
    const order = ["supported", "ending", "ended"];
    const moment = fc.date({ min: new Date("2024-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...known), moment, moment, ({ minor, calendar }, a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        const at = (now: Date) => supportOf(minor, calendar, now);
        expect(order.indexOf(at(early).state)).toBeLessThanOrEqual(order.indexOf(at(late).state));
        expect(at(late).state === "ended").toBe((at(late).days ?? 0) < 0);
        expect(at(late).state === "supported").toBe((at(late).days ?? 0) > endingWithinDays);
      }),
    );
  });

  it("counts a cluster by who runs it", () => {
    expect([calendarOf("AKS"), calendarOf("EKS"), calendarOf("unknown")]).toEqual([
      "aks",
      "upstream",
      "upstream",
    ]);
  });
});
