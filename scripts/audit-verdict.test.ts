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

test("a whole report as npm prints it: advisories, packages hit through others, fixes and totals", () => {
  const advisory = {
    ...{
      source: 1106913,
      name: "minimist",
      dependency: "minimist",
      title: "Prototype Pollution in minimist",
    },
    ...{ url: "https://github.com/advisories/GHSA-xvch-5gv4-984h", severity: "critical", cwe: ["CWE-1321"] },
    cvss: { score: 9.8, vectorString: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" },
    range: ">=1.0.0 <1.2.6",
  };
  const counts = { info: 0, low: 0, moderate: 0, high: 0, critical: 2, total: 2 };
  const whole = {
    auditReportVersion: 2,
    vulnerabilities: {
      minimist: {
        ...{ name: "minimist", severity: "critical", isDirect: false, via: [advisory], effects: ["mkdirp"] },
        ...{ range: "1.0.0 - 1.2.5", nodes: ["node_modules/minimist"], fixAvailable: true },
      },
      mkdirp: {
        ...{ name: "mkdirp", severity: "critical", isDirect: true, via: ["minimist"], effects: [] },
        ...{ range: "0.4.1 - 0.5.1", nodes: ["node_modules/mkdirp"] },
        fixAvailable: { name: "mkdirp", version: "3.0.1", isSemVerMajor: true },
      },
    },
    metadata: { vulnerabilities: counts, dependencies: { prod: 2, dev: 0, optional: 0, peer: 0, total: 2 } },
  };
  expect(auditVerdict(JSON.stringify(whole, null, 2))).toEqual({
    kind: "found",
    lines: ["critical: minimist 1.0.0 - 1.2.5", "critical: mkdirp 0.4.1 - 0.5.1"],
  });
});
