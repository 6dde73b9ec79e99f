/**
 * `npm test`: every check of the project, from formatting to journeys in a real browser, with one closing line
 * `N passed, N failed`. Each static check counts as one.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { checkMachine, install, pinnedNode, root, run, step, withNode } from "./bootstrap.mjs";

checkMachine();
install();
const node = pinnedNode();
const env = { ...withNode(node), FORCE_COLOR: process.stdout.isTTY ? "1" : "0" };
const reports = join(root, "test-results");
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

let passed = 0;
let failed = 0;
const failures = [];

/** A check that holds or does not. */
async function check(name, command, args) {
  step(name);
  const code = await run(command, args, { env });
  if (code === 0) passed += 1;
  else {
    failed += 1;
    failures.push(name);
  }
  return code === 0;
}

/** Needs the registry. Where it cannot be asked the step says so and counts as nothing, neither passed nor failed. */
async function audit() {
  step("dependency audit");
  const code = await run(node, ["scripts/audit-dependencies.ts"], { env });
  if (code === 0) passed += 1;
  else if (code !== 3) {
    failed += 1;
    failures.push("dependency audit");
  }
}

/** A test runner that writes a JSON report; a run that reports nothing is a failure. */
async function suite(name, command, args, report, read) {
  step(name);
  const code = await run(command, args, { env });
  const file = join(reports, report);
  const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, "utf8"))) : { passed: 0, failed: 0 };
  passed += counts.passed;
  failed += counts.failed;
  if (counts.failed > 0 || (code !== 0 && counts.failed === 0)) {
    failures.push(name);
    if (counts.failed === 0) failed += 1;
  }
}

const vitest = (project) =>
  suite(
    `${project} tests`,
    "vitest",
    [
      "run",
      "--project",
      project,
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=test-results/${project}.json`,
    ],
    `${project}.json`,
    (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }),
  );

await check("database client", node, ["scripts/generate.mjs"]);
await check("route types", "next", ["typegen"]);
await check("formatting", "prettier", ["--check", "--log-level", "warn", "."]);
await check("types", "tsc", ["--noEmit"]);
await check("lint", "eslint", [".", "--max-warnings", "0"]);
await check("rooms (import table)", node, ["scripts/rooms.mjs"]);
await check("dead code", "knip", []);
await audit();
await vitest("unit");
await vitest("components");
await vitest("integration");
if (await check("production build", node, ["scripts/build.ts"])) {
  await suite("journeys", node, ["scripts/e2e.ts"], "e2e.json", (report) => ({
    passed: report.stats.expected + report.stats.flaky,
    failed: report.stats.unexpected,
  }));
}

if (failures.length > 0) console.log(`\nfailed: ${failures.join(", ")}`);
console.log(`\n${String(passed)} passed, ${String(failed)} failed`);
process.exit(failed > 0 ? 1 : 0);
