import type { Protection, Ruleset, State } from "../state/state.ts";

/** The wrapper of every ruleset's refusal: merges (405), refs (422), contents (409), as GitHub writes it. */
export function rulesetRefusal(sentences: readonly string[]): string {
  return `Repository rule violations found\n\n${sentences.map((sentence) => `${sentence}\n\n`).join("")}`;
}

/** The active rules of every ruleset that names this branch. */
export function rulesOf(
  state: State,
  branch: string,
): { ruleset: Ruleset; rule: Ruleset["rules"][number] }[] {
  const active = (state.rulesets ?? []).filter(
    (ruleset) => ruleset.enforcement === "active" && names(ruleset, branch, state.repository.defaultBranch),
  );
  return active.flatMap((ruleset) => ruleset.rules.map((rule) => ({ ruleset, rule })));
}

function names(ruleset: Ruleset, branch: string, defaultBranch: string): boolean {
  const fits = (pattern: string) =>
    pattern === "~ALL" ||
    (pattern === "~DEFAULT_BRANCH" && branch === defaultBranch) ||
    pattern === `refs/heads/${branch}`;
  return ruleset.include.some(fits) && !ruleset.exclude.some(fits);
}

/**
 * A branch's rules in the form of a classic protection, so that one set of sentences serves both; null when no ruleset
 * names the branch. Administrators have no way around, since nobody is listed to bypass.
 */
export function protectionOfRules(state: State, branch: string): Protection | null {
  const rules = rulesOf(state, branch).map(({ rule }) => rule);
  if (rules.length === 0) return null;
  const find = (type: string) => rules.find((rule) => rule.type === type);
  const reviews = find("pull_request")?.parameters;
  const checks = find("required_status_checks")?.parameters;
  const required = (checks?.required_status_checks ?? []) as { context: string; integration_id?: number }[];
  return {
    reviews:
      reviews === undefined
        ? null
        : {
            requiredApprovals: Number(reviews.required_approving_review_count ?? 0),
            requireCodeOwners: reviews.require_code_owner_review === true,
            dismissStale: reviews.dismiss_stale_reviews_on_push === true,
            requireLastPushApproval: reviews.require_last_push_approval === true,
          },
    checks:
      checks === undefined
        ? null
        : {
            strict: checks.strict_required_status_checks_policy === true,
            required: required.map((one) => ({ context: one.context, appId: one.integration_id ?? null })),
          },
    enforceAdmins: true,
    restrictions: null,
    linearHistory: find("required_linear_history") !== undefined,
    allowForcePushes: find("non_fast_forward") === undefined,
    allowDeletions: find("deletion") === undefined,
  };
}
