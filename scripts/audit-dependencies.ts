/**
 * `npm run audit:dependencies` asks the registry about known vulnerabilities of what the portal runs with (not of its
 * tools). Ends with 1 where one is high or critical, and with 3, saying so, where the registry could not be asked.
 */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { auditVerdict } from "./audit-verdict.ts";

const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], {
  cwd: resolve(import.meta.dirname, ".."),
  encoding: "utf8",
  timeout: 120_000,
});
const verdict = auditVerdict(stdout);
if (verdict.kind === "found") {
  for (const line of verdict.lines) console.error(line);
  process.exitCode = 1;
} else if (verdict.kind === "not-asked") {
  console.error(`SKIPPED, nothing was audited: the registry could not be asked (${verdict.why})`);
  // GitHub Actions shows it above the run, whatever the step's log is folded to.
  if (process.env.GITHUB_ACTIONS)
    console.log("::warning title=Dependencies not audited::see this step's log");
  process.exitCode = 3;
} else console.log("no high or critical vulnerability is known of production dependencies");
