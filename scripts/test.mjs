/**
 * `npm test`: every check of the project, from formatting to journeys in a real browser, with one closing line
 * `N passed, N failed`. Each static check counts as one. `npm test -- rollout` runs the unit, component and integration
 * tests whose path has that word, and nothing else.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { checkMachine, install, pinnedNode, root, withNode } from "./bootstrap.mjs";
import { runLanes } from "./test-lanes.mjs";

const filters = process.argv.slice(2);
checkMachine();
install();
const node = pinnedNode();
const env = { ...withNode(node), FORCE_COLOR: process.stdout.isTTY ? "1" : "0" };
const reports = join(root, "test-results");
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

/** Reads a runner's JSON report; a run that reports nothing, or ends badly with nothing failed, is a failure. */
const counted = (report, counts) => (code) => {
  const file = join(reports, report);
  const { passed, failed } = existsSync(file)
    ? counts(JSON.parse(readFileSync(file, "utf8")))
    : { passed: 0, failed: 0 };
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
};

const vitest = (name, args, more = {}) => ({
  name,
  command: "vitest",
  args: ["run", ...args, "--reporter=dot", "--reporter=json", `--outputFile.json=test-results/${name}.json`],
  read: counted(`${name}.json`, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
  })),
  ...more,
});

/** Needs the registry. Where it cannot be asked (3) it counts as nothing, neither passed nor failed. */
const audited = (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 || code === 3 ? 0 : 1 });

const generated = [
  { name: "database client", command: node, args: ["scripts/generate.mjs"] },
  { name: "route types", command: "next", args: ["typegen"] },
];

/** The longest first. The build rewrites .next, where the types are: it waits for those who read them. */
const checks = [
  { name: "lint", command: "eslint", args: [".", "--max-warnings", "0"] },
  { name: "types", command: "tsc", args: ["--noEmit"] },
  vitest("components", ["--project", "components"]),
  vitest("unit", ["--project", "unit"]),
  { name: "formatting", command: "prettier", args: ["--check", "--log-level", "warn", "."] },
  { name: "dead code", command: "knip", args: [] },
  { name: "rooms (import table)", command: node, args: ["scripts/rooms.mjs"] },
  {
    name: "dependency audit",
    command: node,
    args: ["scripts/audit-dependencies.ts"],
    read: audited,
    told: true,
  },
  vitest("integration", ["--project", "integration"]),
  {
    name: "production build",
    command: node,
    args: ["scripts/build.ts"],
    after: ["lint", "types", "dead code"],
  },
];

/** Alone: people wait for pages here, and a page must not wait for a compiler. */
const journeys = {
  name: "journeys",
  command: node,
  args: ["scripts/e2e.ts"],
  live: true,
  read: counted("e2e.json", ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
  })),
};

const run = (steps, width) => runLanes(steps, { width, env, reports });
const results = await run(generated, 1);
if (filters.length > 0) results.push(...(await run([vitest("tests", filters, { live: true })], 1)));
else {
  results.push(...(await run(checks, 2)));
  const built = results.some(({ name, failed }) => name === "production build" && failed === 0);
  if (built) results.push(...(await run([journeys], 1)));
}

const sum = (count) => results.reduce((all, one) => all + one[count], 0);
const failures = results.filter(({ failed }) => failed > 0).map(({ name }) => name);
if (failures.length > 0) console.log(`\nfailed: ${failures.join(", ")}`);
console.log(`\n${String(sum("passed"))} passed, ${String(sum("failed"))} failed`);
process.exit(failures.length > 0 ? 1 : 0);
