import type { ListedChange } from "../db/change-lists.ts";
import { checkLabels, isOurCheck, parseParts, type PartState } from "../domain/change/check-outcome.ts";
import type { Mark } from "../domain/cluster/mark.ts";
import { checkPasses } from "./change-mark.ts";
import type { CheckView } from "./views.ts";

const partMarks: Record<PartState, Mark> = {
  pass: { tone: "healthy", word: "Passes" },
  fail: { tone: "failed", word: "Fails" },
  wait: { tone: "waiting", word: "Waits" },
  warn: { tone: "attention", word: "Note" },
};

/** A check as its card shows it; of ours the parts too. Only checks that ran are listed (decisions §1). */
export function checkView(check: ListedChange["checks"][number]): CheckView {
  const ours = check.ours && isOurCheck(check.name);
  const parts = ours ? parseParts(check.summary) : [];
  return {
    name: check.name,
    label: isOurCheck(check.name) ? checkLabels[check.name] : check.name,
    mark: markOf(check),
    sentence:
      check.title ?? (check.status === "completed" ? (check.conclusion ?? "finished") : "has not finished"),
    required: check.required,
    // A single part only repeats the sentence.
    parts:
      parts.length < 2
        ? []
        : parts.map(({ label, state, sentence }) => ({ label, mark: partMarks[state], sentence })),
  };
}

function markOf(check: ListedChange["checks"][number]): Mark {
  if (checkPasses(check)) return partMarks.pass;
  if (check.status === "completed") return partMarks.fail;
  return isOurCheck(check.name) ? partMarks.wait : { tone: "progress", word: "Runs" };
}
