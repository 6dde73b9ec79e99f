import { ourChecks } from "../../domain/change/check-outcome.ts";
import type { Protection } from "../../forge/forge.ts";

/** What the forge's protection lacks of decisions §1, one sentence each; empty where all is there. */
export function protectionGaps(
  protection: Protection | null,
  branch: string,
  appId: number | null,
): string[] {
  if (!protection)
    return [`Branch ${branch} is not protected: whoever may push may change the fleet without review.`];
  const gaps: string[] = [];
  const need = (holds: boolean, sentence: string): void => {
    if (!holds) gaps.push(`Branch ${branch}: ${sentence}`);
  };
  need(protection.requiredApprovals >= 1, "no approving review is required.");
  need(protection.codeOwnerReviews, "review by code owners is not required.");
  need(protection.dismissStaleReviews, "approvals survive a later push (stale reviews are not dismissed).");
  need(protection.lastPushApproval, "the last pusher may approve his own push.");
  need(protection.enforceAdmins, "administrators are not included.");
  need(
    protection.pushTeams !== null,
    "anybody with write access may merge (pushes are not restricted to approvers).",
  );
  for (const name of ourChecks) {
    const check = protection.requiredChecks.find(({ context }) => context === name);
    need(check !== undefined, `the check ${name} is not required.`);
    if (check && appId !== null)
      need(check.appId === appId, `the check ${name} is not pinned to Fleetwright's App.`);
  }
  return gaps;
}
