/** Holds the import table. Fails where nothing was read: a cruiser that sees no module finds no violation. */
import { spawnSync } from "node:child_process";

const run = spawnSync(
  "npx",
  [
    "depcruise",
    "--config",
    ".dependency-cruiser.cjs",
    "--output-type",
    "json",
    "app",
    "components",
    "lib",
    "sandbox",
  ],
  { encoding: "utf8", maxBuffer: 1 << 28 },
);
let result;
try {
  result = JSON.parse(run.stdout);
} catch {
  console.error(run.stdout, run.stderr);
  process.exit(1);
}
const { violations, totalCruised } = result.summary;
const errors = violations.filter((violation) => violation.rule.severity === "error");
for (const { rule, from, to } of errors) console.error(`${rule.name}: ${from} → ${to}`);
console.log(`${totalCruised} modules, ${errors.length} violations`);
if (errors.length > 0 || totalCruised < 100) process.exit(1);
