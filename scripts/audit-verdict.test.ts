import { expect, test } from "vitest";
import { auditVerdict } from "./audit-verdict.ts";

const report = (severities: Record<string, string>): string =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      Object.entries(severities).map(([name, severity]) => [name, { name, severity, range: "<2.0.0" }]),
    ),
  });

test("high and critical ones are named; lesser ones do not fail", () => {
  expect(auditVerdict(report({ a: "high", b: "critical", c: "moderate" }))).toEqual({
    kind: "found",
    lines: ["high: a <2.0.0", "critical: b <2.0.0"],
  });
  expect(auditVerdict(report({ c: "moderate", d: "low" }))).toEqual({ kind: "clean" });
  expect(auditVerdict(report({}))).toEqual({ kind: "clean" });
});

test.each([
  ["a registry that does not audit", JSON.stringify({ message: "405 Method Not Allowed", error: {} })],
  ["a registry that is not reached", JSON.stringify({ message: "request failed, reason: ENOTFOUND" })],
  ["no output", ""],
  ["half an answer", '{"vulnerabilities":'],
])("%s is never taken for a clean bill", (_name, output) => {
  expect(auditVerdict(output).kind).toBe("not-asked");
});
