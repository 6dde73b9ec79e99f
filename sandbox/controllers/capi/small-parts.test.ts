import { describe, expect, it } from "vitest";
import { scaledDurations } from "./durations.ts";
import { mergePatch } from "./merge-patch.ts";
import { bullet, grouped, names } from "./messages.ts";
import { verdict } from "./prober.ts";
import { compareVersions, countVersions } from "./versions.ts";

describe("mergePatch", () => {
  it("holds the difference only, null for what is gone, lists whole", () => {
    const from = { a: 1, b: { c: 1, d: 2 }, list: [1] };
    expect(mergePatch(from, { a: 1, b: { c: 1, d: 3 }, list: [1, 2] })).toEqual({
      b: { d: 3 },
      list: [1, 2],
    });
    expect(mergePatch(from, { ...from, a: undefined })).toEqual({ a: null });
    expect(mergePatch(from, structuredClone(from))).toBeUndefined();
  });
});

describe("summaries", () => {
  it("indent what has several lines", () => {
    expect(bullet("A", "one")).toBe("* A: one");
    expect(bullet("A", "* one")).toBe("* A:\n  * one");
    expect(bullet("A", "one\n* two")).toBe("* A:\n  * one\n    * two");
  });

  it("name three and count the rest", () => {
    expect(names(["d", "a", "c", "b"])).toBe("a, b, c, ... (1 more)");
    const part = (name: string, message: string) => ({ kind: "Machine", name, message });
    expect(grouped([part("b", "x"), part("c", "y"), part("a", "y")])).toBe(
      "* Machines a, c: y\n* Machine b: x",
    );
  });
});

describe("versions", () => {
  it("compare by number and count oldest first", () => {
    expect(compareVersions("v1.9.0", "1.10.0")).toBeLessThan(0);
    expect(countVersions(["v1.35.3", "v1.34.5", "v1.35.3"])).toEqual([
      { version: "v1.34.5", replicas: 1 },
      { version: "v1.35.3", replicas: 2 },
    ]);
  });
});

describe("the probe", () => {
  const settings = { intervalMs: 10, graceMs: 50, conditionsGraceMs: 500 };
  it("fails only after the grace period of silence", () => {
    expect(verdict({ lastSuccess: undefined }, settings, 100)).toEqual({ state: "never" });
    expect(verdict({ lastSuccess: 60 }, settings, 100).state).toBe("succeeded");
    expect(verdict({ lastSuccess: 40 }, settings, 100)).toEqual({
      state: "failed",
      lastSuccess: new Date(40),
    });
  });
});

describe("durations", () => {
  it("make a cluster ready in about half a minute, an upgrade in 20 s", () => {
    const { infrastructureMs, controlPlaneMs, nodeMs, upgradeMs } = scaledDurations(1);
    expect(infrastructureMs + controlPlaneMs + nodeMs).toBeLessThan(30_000);
    expect(upgradeMs).toBe(20_000);
    expect(scaledDurations(10).upgradeMs).toBe(2_000);
  });
});
