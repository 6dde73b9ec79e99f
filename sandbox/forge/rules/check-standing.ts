import type { CheckRun, RequiredCheck, Status } from "../state/state.ts";
import type { CheckStanding } from "./merge-rules.ts";

const passing = new Set(["success", "neutral", "skipped"]);

/**
 * How a required check stands: by its latest check run or, failing that, by the latest commit status of that name. A
 * check pinned to an App is not met by anyone else's word.
 */
export function checkStanding(
  required: RequiredCheck,
  runs: readonly CheckRun[],
  statuses: readonly Status[],
  appId: number,
): CheckStanding {
  const pinned = required.appId !== null && required.appId !== -1;
  const run = runs.findLast((candidate) => candidate.name === required.context);
  if (run !== undefined && (!pinned || required.appId === appId)) return runStanding(run);
  const status = statuses.findLast((candidate) => candidate.context === required.context);
  if (status === undefined && run === undefined) return "expected";
  if (pinned || status === undefined) return "foreign";
  if (status.state === "success") return "passing";
  return status.state === "pending" ? "pending" : "failing";
}

function runStanding(run: CheckRun): CheckStanding {
  if (run.status === "completed") return passing.has(run.conclusion ?? "") ? "passing" : "failing";
  if (run.status === "in_progress") return "in progress";
  return run.status === "queued" ? "queued" : "pending";
}
