import type { ListedChange } from "../db/change-lists.ts";
import type { Actor } from "../domain/access/actor.ts";
import { can, type ChangeTarget, type ChangeVerb } from "../domain/access/can.ts";
import { ourChecks } from "../domain/change/check-outcome.ts";
import { approvalCheckName, checkPasses } from "./change-mark.ts";
import type { ChangeAction, ChangeDetail, ChangeRow } from "./views.ts";

const verbs: [ChangeAction, ChangeVerb[]][] = [
  ["approve-and-merge", ["approve", "merge"]],
  ["approve", ["approve"]],
  ["merge", ["merge"]],
  ["request-changes", ["request-changes"]],
  ["close", ["close"]],
];

/**
 * What the viewer may do now; what he may not says why. The forge has the last word; `trouble`, where it cannot be
 * read, is why a check of ours does not go on.
 */
export function changeActions(
  actor: Actor,
  change: ListedChange,
  row: ChangeRow,
  trouble: string | null,
): ChangeDetail["actions"] {
  const target: ChangeTarget = { ...row };
  const stops = mergeStops(change, trouble);
  return verbs.map(([action, needed]) => {
    const refusal = needed.map((verb) => can(actor, verb, target)).find(({ yes }) => !yes);
    if (refusal?.yes === false) return { action, allowed: false, reason: refusal.reason };
    const stop =
      action === "merge"
        ? (stops.checks ?? stops.approval)
        : action === "approve-and-merge"
          ? stops.checks
          : null;
    return { action, allowed: stop === null, reason: stop };
  });
}

/** What stands in the way of a merge: checks that fail or run, and, for a merge alone, approvals. */
function mergeStops(
  { checks, mergeable }: ListedChange,
  trouble: string | null,
): { checks: string | null; approval: string | null } {
  const open = checks.filter((check) => (check.required || check.ours) && !checkPasses(check));
  const other = open.find(({ name }) => name !== approvalCheckName);
  const absent = ourChecks.find((name) => !checks.some((check) => check.ours && check.name === name));
  const approval = open.find(({ name }) => name === approvalCheckName);
  const conflict = mergeable === false ? "It conflicts with the default branch." : null;
  const since = trouble === null ? "" : ` yet, because it waits for the forge: ${trouble}`;
  const failing = other
    ? `${other.name} ${other.status === "completed" ? "fails" : `has not finished${other.ours ? since : ""}`}.`
    : absent
      ? `${absent} has not started${since}.`
      : null;
  // Now the forge would refuse the merge without a reason; the engine asks again until it knows.
  const unknown = mergeable === null ? "The forge still computes whether it can be merged." : null;
  const title = approval?.title ?? "waits for an approval";
  return {
    checks: conflict ?? failing ?? unknown,
    approval: approval ? `It ${title.startsWith("waits") ? title : `needs more: ${title}`}.` : null,
  };
}

/** The small print under the buttons: as whom, what the repository asks, whose pull request it is. */
export function decisionNote(
  actor: Actor,
  change: ListedChange,
  { needed, branch }: { needed: number; branch: string },
): string {
  if (change.state !== "open") return "";
  const approvals = `${String(needed)} approval${needed === 1 ? "" : "s"}`;
  const asked = change.requestedBy ?? change.author;
  const forWhom =
    change.requestedBy !== null && change.requestedBy !== change.author && change.author.endsWith("[bot]")
      ? ` The pull request is Fleetwright’s, for ${change.requestedBy}, who may not push.`
      : "";
  return `As ${actor.login} on the forge, into ${branch}. This change asks for ${approvals} by someone other than ${asked}.${forWhom}`;
}
