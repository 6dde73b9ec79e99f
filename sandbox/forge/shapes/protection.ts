import { notSupplied } from "../http/api-error.ts";
import type { Body } from "../http/body.ts";
import type { Protection, RequiredCheck } from "../state/state.ts";
import type { World } from "../world.ts";
import { findPerson, findTeam } from "../state/people.ts";
import { appShape } from "./check.ts";
import { teamShape } from "./organization.ts";
import { repositoryUrl } from "./repository.ts";
import type { Json } from "./user.ts";
import { userShape } from "./user.ts";

/** GitHub's `branch-protection`; parts that are off are absent. */
export function protectionShape(world: World, branch: string, protection: Protection): Json {
  const url = `${repositoryUrl(world)}/branches/${encodeURIComponent(branch)}/protection`;
  const { reviews, checks, restrictions } = protection;
  return {
    url,
    ...(checks === null
      ? {}
      : {
          required_status_checks: {
            url: `${url}/required_status_checks`,
            strict: checks.strict,
            contexts: checks.required.map((check) => check.context),
            contexts_url: `${url}/required_status_checks/contexts`,
            checks: checks.required.map((check) => ({ context: check.context, app_id: check.appId })),
          },
        }),
    ...(restrictions === null ? {} : { restrictions: restrictionsShape(world, url, restrictions) }),
    ...(reviews === null
      ? {}
      : {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: reviews.dismissStale,
            require_code_owner_reviews: reviews.requireCodeOwners,
            require_last_push_approval: reviews.requireLastPushApproval,
            required_approving_review_count: reviews.requiredApprovals,
          },
        }),
    required_signatures: { url: `${url}/required_signatures`, enabled: false },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: protection.enforceAdmins },
    required_linear_history: { enabled: protection.linearHistory },
    allow_force_pushes: { enabled: protection.allowForcePushes },
    allow_deletions: { enabled: protection.allowDeletions },
    block_creations: { enabled: false },
    required_conversation_resolution: { enabled: false },
    lock_branch: { enabled: false },
    allow_fork_syncing: { enabled: false },
  };
}

/**
 * The protection a PUT asks for.
 * @throws ApiError 422 when one of the four mandatory keys is absent (null is a value).
 */
export function readProtection(body: Body): Protection {
  const mandatory = [
    "required_status_checks",
    "enforce_admins",
    "required_pull_request_reviews",
    "restrictions",
  ];
  for (const key of mandatory) if (!body.has(key)) throw notSupplied(key);
  const reviews = body.object("required_pull_request_reviews");
  const checks = body.object("required_status_checks");
  const restrictions = body.object("restrictions");
  return {
    reviews:
      reviews === undefined
        ? null
        : {
            requiredApprovals: reviews.number("required_approving_review_count") ?? 1,
            requireCodeOwners: reviews.flag("require_code_owner_reviews") ?? false,
            dismissStale: reviews.flag("dismiss_stale_reviews") ?? false,
            requireLastPushApproval: reviews.flag("require_last_push_approval") ?? false,
          },
    checks:
      checks === undefined ? null : { strict: checks.flag("strict") ?? false, required: readChecks(checks) },
    enforceAdmins: body.flag("enforce_admins") ?? false,
    restrictions:
      restrictions === undefined
        ? null
        : {
            teams: restrictions.strings("teams"),
            users: restrictions.strings("users"),
            apps: restrictions.strings("apps"),
          },
    linearHistory: body.flag("required_linear_history") ?? false,
    allowForcePushes: body.flag("allow_force_pushes") ?? false,
    allowDeletions: body.flag("allow_deletions") ?? false,
  };
}

function readChecks(checks: Body): RequiredCheck[] {
  if (checks.has("checks")) {
    return checks.objects("checks").map((check) => ({
      context: check.string("context"),
      appId: check.number("app_id") ?? null,
    }));
  }
  return checks.strings("contexts").map((context) => ({ context, appId: null }));
}

function restrictionsShape(
  world: World,
  url: string,
  restrictions: NonNullable<Protection["restrictions"]>,
): Json {
  const { state } = world.store;
  return {
    url: `${url}/restrictions`,
    users_url: `${url}/restrictions/users`,
    teams_url: `${url}/restrictions/teams`,
    apps_url: `${url}/restrictions/apps`,
    users: restrictions.users
      .filter((login) => findPerson(state, login) !== undefined)
      .map((login) => userShape(world, login)),
    teams: restrictions.teams.flatMap((slug) => {
      const team = findTeam(state, slug);
      return team === undefined ? [] : [teamShape(world, team)];
    }),
    apps: restrictions.apps.includes(state.app.slug) ? [appShape(world)] : [],
  };
}
