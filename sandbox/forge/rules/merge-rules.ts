import type { Protection } from "../state/state.ts";

/** How one required check stands at the head. */
export type CheckStanding =
  "passing" | "expected" | "pending" | "queued" | "in progress" | "failing" | "foreign";

/** A person's latest opinion on a pull request. */
export interface Opinion {
  login: string;
  state: "APPROVED" | "CHANGES_REQUESTED";
  /** Only people with write access count. */
  canWrite: boolean;
  /** Given after the last push that changed the diff. */
  afterLastPush: boolean;
}

export interface MergeFacts {
  protection: Protection | null;
  /** The caller administers the repository; rules hold for him only with `enforceAdmins`. */
  callerIsAdmin: boolean;
  /** The caller is among those the branch is restricted to. */
  callerMayPush: boolean;
  author: string;
  lastPusher: string;
  opinions: readonly Opinion[];
  /** One entry per group of owners: who they are as CODEOWNERS writes them, and whether one approved. */
  owners: readonly { names: readonly string[]; approved: boolean }[];
  checks: readonly { context: string; standing: CheckStanding }[];
  /** The base holds commits that the head does not. */
  behind: boolean;
}

export const notAuthorized =
  "You're not authorized to push to this branch. Visit https://help.github.com/articles/about-protected-branches/ for more information.";

/**
 * The sentences of classic branch protection that stand between a pull request and its merge, in GitHub's order;
 * empty = it may be merged. Pure, so that the table of rules can be tested as a table.
 */
export function mergeRefusals(facts: MergeFacts): string[] {
  const { protection } = facts;
  if (protection === null) return [];
  if (facts.callerIsAdmin && !protection.enforceAdmins) return [];
  if (!facts.callerMayPush) return [notAuthorized];
  return [
    ...(protection.reviews === null ? [] : reviewRefusals(facts, protection.reviews)),
    ...checkRefusals(facts.checks),
  ];
}

/** Sentences about required checks alone; they are the same for a merge and for a direct push. */
export function checkRefusals(checks: MergeFacts["checks"]): string[] {
  const open = checks.filter((check) => check.standing !== "passing");
  const [first] = open;
  if (first === undefined) return [];
  if (checks.length === 1) {
    return [
      first.standing === "foreign"
        ? `Required status check "${first.context}" was not set by the expected GitHub app.`
        : `Required status check "${first.context}" is ${first.standing}.`,
    ];
  }
  const total = String(checks.length);
  const counted = `${String(open.length)} of ${total} required status checks`;
  const kinds = Map.groupBy(open, (check) => (check.standing === "foreign" ? "expected" : check.standing));
  const [only] = kinds.keys();
  if (kinds.size === 1 && open.length === checks.length && only !== undefined && only !== "failing") {
    return [`${counted} are ${only}.`];
  }
  const parts = [...kinds].map(([kind, members]) => `${String(members.length)} ${kind}`);
  return [`${counted} have not succeeded: ${list(parts)}.`];
}

function reviewRefusals(facts: MergeFacts, rule: NonNullable<Protection["reviews"]>): string[] {
  const counting = facts.opinions.filter((opinion) => opinion.canWrite && opinion.login !== facts.author);
  const approvals = counting.filter((opinion) => opinion.state === "APPROVED");
  const refusals: string[] = [];
  if (counting.some((opinion) => opinion.state === "CHANGES_REQUESTED")) {
    refusals.push("Changes have been requested.");
  }
  if (approvals.length < rule.requiredApprovals) {
    const one = rule.requiredApprovals === 1;
    const needed = `${String(rule.requiredApprovals)} approving review${one ? " is" : "s are"}`;
    refusals.push(`At least ${needed} required by reviewers with write access.`);
  }
  const missing = facts.owners.filter((group) => !group.approved).flatMap((group) => group.names);
  if (rule.requireCodeOwners && missing.length > 0) {
    refusals.push(`Waiting on code owner review from ${[...new Set(missing)].join(" and/or ")}.`);
  }
  if (
    rule.requireLastPushApproval &&
    !approvals.some((one) => one.afterLastPush && one.login !== facts.lastPusher)
  ) {
    refusals.push("New changes require approval from someone other than the last pusher.");
  }
  return refusals;
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}
