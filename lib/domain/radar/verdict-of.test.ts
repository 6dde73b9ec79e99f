import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { percentile } from "./percentile.ts";
import { verdictOf, type ReachInput, type ReachObject } from "./verdict-of.ts";

const now = new Date("2026-11-24T12:00:00Z");
const ago = (minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString();

const object = (more: Partial<ReachObject> = {}): ReachObject => ({
  name: "apps",
  home: "workload",
  unknown: false,
  missing: false,
  sync: "Synced",
  reason: null,
  message: null,
  since: ago(60),
  intervalSeconds: 60,
  blockedBy: null,
  sha: "0123456789abcdef",
  place: 3,
  ...more,
});

const reach = (objects: ReachObject[], more: Partial<ReachInput> = {}) =>
  verdictOf({
    position: 5,
    mergedAt: ago(2),
    appliedAt: null,
    gone: false,
    unreadable: null,
    objects,
    now,
    ...more,
  });

describe("verdictOf", () => {
  const lagging = object();
  it.each<[string, ReachObject[], Partial<ReachInput>, string, string, string | null]>([
    ["applied", [lagging], { appliedAt: ago(1) }, "applied", "Applied", null],
    ["removed", [lagging], { gone: true }, "gone", "Gone", "removed before it applied it"],
    ["fresh", [lagging], {}, "on-its-way", "On its way", "apps is still at 0123456"],
    [
      "never applied",
      [object({ sha: null, place: null })],
      {},
      "on-its-way",
      "On its way",
      "apps is not applied yet",
    ],
    ["late", [lagging], { mergedAt: ago(30) }, "straggler", "Behind", "apps is still at 0123456"],
    ["suspended", [object({ sync: "Suspended" })], {}, "straggler", "Suspended", "apps is suspended"],
    [
      "failing",
      [object({ sync: "Failing", message: "no such file" })],
      {},
      "straggler",
      "Failing",
      "apps: no such file",
    ],
    [
      "blocked",
      [object({ sync: "Blocked", blockedBy: "flux-system/infra" })],
      {},
      "straggler",
      "Blocked",
      "apps waits for flux-system/infra",
    ],
    [
      "unreachable",
      [object({ sync: "Failing" })],
      { unreadable: "API server does not answer" },
      "straggler",
      "Unreachable",
      "API server does not answer",
    ],
    [
      "not to be told",
      [object({ unknown: true })],
      {},
      "straggler",
      "Unknown",
      "what apps reads cannot be told",
    ],
    [
      "off the branch",
      [object({ place: null })],
      {},
      "straggler",
      "Unknown",
      "apps is at 0123456, not on the branch",
    ],
    [
      "not there yet",
      [object({ missing: true, sha: null, place: null, sync: null })],
      {},
      "on-its-way",
      "On its way",
      "apps is not on the cluster yet",
    ],
    [
      "not there",
      [object({ missing: true, sha: null, place: null, sync: null })],
      { mergedAt: ago(30) },
      "straggler",
      "Missing",
      "apps is not on the cluster",
    ],
  ])("%s", (_title, objects, more, state, word, reason) => {
    expect(reach(objects, more)).toMatchObject({ state, mark: { word }, reason });
  });

  it("says of several the worst, and nothing of what has applied it", () => {
    const failing = object({ name: "infra", sync: "Failing", message: "boom" });
    expect(reach([lagging, failing]).reason).toBe("infra: boom");
    expect(reach([lagging, { ...failing, place: 5 }]).reason).toBe("apps is still at 0123456");
  });

  it("does not hold the cluster's API server against what the management cluster applies", () => {
    expect(reach([object({ home: "management" })], { unreadable: "down" }).state).toBe("on-its-way");
  });
});

describe("percentile", () => {
  it("is a measured value with enough of the others below it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(), { minLength: 1 }),
        fc.integer({ min: 1, max: 100 }),
        (values, percent) => {
          const found = percentile(values, percent);
          expect(values).toContain(found);
          const below = values.filter((one) => one <= (found ?? -1)).length;
          expect(below).toBeGreaterThanOrEqual((percent / 100) * values.length);
        },
      ),
    );
  });

  it("is nothing of nothing", () => {
    expect(percentile([], 50)).toBeNull();
  });
});
