import type { ChangeCheckData } from "../../db/changes.ts";
import { checkLabels, isOurCheck, ourChecks } from "../../domain/change/check-outcome.ts";

const passing = new Set(["success", "neutral", "skipped"]);

/** Whether a check lets a merge pass. */
export const passes = ({ status, conclusion }: Pick<ChangeCheckData, "status" | "conclusion">): boolean =>
  status === "completed" && passing.has(conclusion ?? "");

/**
 * What stands in the way of a merge, by name and reason. Our own checks count whether required or not, and one that
 * nobody has written yet counts as waiting.
 */
export function missingChecks(checks: readonly ChangeCheckData[]): string | null {
  const open = checks.filter((check) => (check.required || check.ours) && !passes(check));
  const absent = ourChecks.filter((name) => !checks.some((check) => check.ours && check.name === name));
  const sentences = [
    ...open.map(sentence),
    ...absent.map((name) => `${checkLabels[name]} (${name}) has not started.`),
  ];
  return sentences.length === 0 ? null : sentences.join(" ");
}

function sentence(check: ChangeCheckData): string {
  const name = isOurCheck(check.name) ? `${checkLabels[check.name]} (${check.name})` : check.name;
  const reason = check.title === null || check.title === "" ? "" : `: ${check.title}`;
  return `${name} ${check.status === "completed" ? "fails" : "waits"}${reason}.`;
}
