import type { ChangeCheckData } from "../../db/changes.ts";
import type { MergeRefusal } from "../../forge/merge-refusal.ts";
import { passes } from "./missing-checks.ts";

/** A merge refusal as a sentence: what stands in the way and who can do what about it. */
export function refusalSentence(
  refusal: MergeRefusal,
  number: number,
  checks: readonly ChangeCheckData[],
): string {
  const it = `#${String(number)}`;
  switch (refusal.kind) {
    case "conflict":
      return `${it} conflicts with the default branch. Its author must bring it up to date, or close it and ask again.`;
    case "draft":
      return `${it} is still a draft. Mark it ready for review on the forge first.`;
    case "head-moved":
      return `Somebody pushed to ${it} after you loaded this page. Read it again, then decide.`;
    case "base-moved":
      return "The default branch keeps moving under this merge. Try again in a moment.";
    case "push-restricted":
      return "The branch protection does not let you merge: pushes to the default branch are restricted to approvers.";
    case "method-disabled":
      return "The repository forbids this way of merging. Ask an administrator of the repository.";
    case "not-mergeable":
      return "The forge has not computed yet whether this can be merged. Try again in a moment.";
    case "blocked":
      return blockedSentence(refusal, checks);
  }
}

function blockedSentence(
  refusal: Extract<MergeRefusal, { kind: "blocked" }>,
  checks: readonly ChangeCheckData[],
): string {
  // The forge may give counts without names, so the names are our own reckoning (forge-reference §2.3).
  const mine = checks.filter((check) => check.required && !passes(check)).map(({ name }) => name);
  const names = refusal.checks.length > 0 ? refusal.checks : mine;
  const waits = names.length === 0 ? "" : ` Missing: ${names.join(", ")}.`;
  const said = refusal.sentences
    .map((sentence) => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`))
    .join(" ");
  return `The branch protection refuses the merge. ${said}${refusal.checks.length > 0 ? "" : waits}`.trim();
}
