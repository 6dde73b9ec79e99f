import type { ChangeCheckData } from "../../db/changes.ts";
import { checkLabels, isOurCheck } from "../../domain/change/check-outcome.ts";

const passing = new Set(["success", "neutral", "skipped"]);

/** Whether a check lets a merge pass. */
export const passes = ({ status, conclusion }: Pick<ChangeCheckData, "status" | "conclusion">): boolean =>
  status === "completed" && passing.has(conclusion ?? "");

/** What stands in the way of a merge, by name and reason; our own checks count whether required or not. */
export function missingChecks(checks: readonly ChangeCheckData[]): string | null {
  const open = checks.filter((check) => (check.required || check.ours) && !passes(check));
  if (open.length === 0) return null;
  return open.map(sentence).join(" ");
}

function sentence(check: ChangeCheckData): string {
  const name = isOurCheck(check.name) ? `${checkLabels[check.name]} (${check.name})` : check.name;
  const reason = check.title === null || check.title === "" ? "" : `: ${check.title}`;
  return `${name} ${check.status === "completed" ? "fails" : "waits"}${reason}.`;
}
