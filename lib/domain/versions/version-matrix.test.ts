import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minorOf } from "../capi/version.ts";
import { orderEnvironments, versionMatrix, type VersionCount } from "./version-matrix.ts";

const now = new Date("2026-11-24T12:00:00Z");
const count = (version: string, environment: string, n: number, provider = "AKS"): VersionCount => ({
  version,
  environment,
  provider,
  count: n,
});

describe("versionMatrix", () => {
  it("puts patches under their minor, newest first, by environment", () => {
    const matrix = versionMatrix(
      [
        count("v1.9.3", "production", 1),
        count("v1.34.5", "production", 2),
        count("v1.34.5", "production", 3, "EKS"),
        count("v1.34.10", "staging", 4),
        count("latest", "staging", 1),
      ],
      now,
    );
    expect(matrix.environments).toEqual(["staging", "production"]);
    expect(matrix.minors.map(({ version, total }) => [version, total])).toEqual([
      ["v1.34", 9],
      ["v1.9", 1],
    ]);
    expect(matrix.minors[0]?.cells).toEqual({ production: 5, staging: 4 });
    expect(matrix.minors[0]?.patches.map(({ version }) => version)).toEqual(["v1.34.10", "v1.34.5"]);
    expect(matrix.minors[0]?.support.aks).toMatchObject({ state: "ending", days: 6 });
    expect(matrix.minors[1]?.support.upstream.state).toBe("unknown");
    expect(matrix.unreadable).toEqual([{ version: "latest", total: 1, cells: { staging: 1 } }]);
  });

  it("counts every cluster once on each level, whatever the fleet", () => {
    const any = fc.record({
      version: fc.oneof(fc.constantFrom("v1.34.5", "v1.34.10", "1.33.1", "__proto__"), fc.string()),
      environment: fc.oneof(fc.constantFrom("production", "none", "dev"), fc.string()),
      provider: fc.constantFrom("AKS", "Dev"),
      count: fc.nat(50),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), (counts) => {
        const { minors, unreadable, environments } = versionMatrix(counts, now);
        const sum = (rows: readonly { total: number }[]) => rows.reduce((all, { total }) => all + total, 0);
        const all = counts.reduce((total, one) => total + one.count, 0);
        expect(sum(minors) + sum(unreadable)).toBe(all);
        for (const row of [...minors, ...minors.flatMap(({ patches }) => patches), ...unreadable]) {
          expect(Object.values(row.cells).reduce((a, b) => a + b, 0)).toBe(row.total);
          for (const name of Object.keys(row.cells)) expect(environments).toContain(name);
        }
        for (const { version, total, patches } of minors) {
          expect(sum(patches)).toBe(total);
          for (const patch of patches) expect(minorOf(patch.version)).toBe(version);
        }
      }),
    );
  });

  it("orders environments as changes travel, unknown names after, none last", () => {
    expect(orderEnvironments(["none", "sandbox", "production", "dev", "staging", "dev"])).toEqual([
      "dev",
      "staging",
      "production",
      "sandbox",
      "none",
    ]);
  });
});
