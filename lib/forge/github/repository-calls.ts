import type { Forge, MergeMethod } from "../forge.ts";
import { isHttpFailure } from "./forge-error-of.ts";
import { fileChangeOf } from "./translate.ts";
import { calling, finding, type GitHubScope } from "./scope.ts";

type RepositoryCalls = Pick<Forge, "repository" | "findBranch" | "hasNews" | "findProtection" | "compare">;

/** The repository itself, its branches and their protection. */
export function repositoryCalls(scope: GitHubScope): RepositoryCalls {
  const { client, owner, repo } = scope;
  const here = { owner, repo };
  const etags = new Map<string, string>();

  /** One conditional GET, free of the rate limit when nothing changed (forge-reference §1); null = unchanged. */
  const look = async (
    route: string,
    parameters: Record<string, unknown>,
  ): Promise<[string, string] | null> => {
    const key = `${route} ${JSON.stringify(parameters)}`;
    const etag = etags.get(key);
    try {
      const headers = etag === undefined ? {} : { "if-none-match": etag };
      const response = await client.request(route, { ...parameters, headers });
      return [key, response.headers.etag ?? ""];
    } catch (error) {
      if (isHttpFailure(error) && error.status === 304) return null;
      throw error;
    }
  };

  return {
    repository: () =>
      calling(async () => {
        const { data } = await client.repos.get(here);
        const methods: [MergeMethod, boolean | undefined][] = [
          ["merge", data.allow_merge_commit],
          ["squash", data.allow_squash_merge],
          ["rebase", data.allow_rebase_merge],
        ];
        const known = methods.some(([, allowed]) => allowed !== undefined);
        return {
          id: data.id,
          fullName: data.full_name,
          defaultBranch: data.default_branch,
          archived: data.archived,
          webUrl: data.html_url,
          canPush: data.permissions?.push ?? false,
          canPull: data.permissions?.pull ?? true,
          mergeMethods: known ? methods.flatMap(([method, allowed]) => (allowed ? [method] : [])) : ["merge"],
        };
      }),
    findBranch: async (name) => {
      const answer = await finding(() => client.git.getRef({ ...here, ref: `heads/${name}` }));
      return answer?.data.object.sha ?? null;
    },
    hasNews: (branch) =>
      calling(async () => {
        const list = { ...here, state: "all", sort: "updated", direction: "desc", per_page: 50 };
        const ref = { ...here, ref: `heads/${branch}` };
        const seen = [
          await look("GET /repos/{owner}/{repo}/pulls", list),
          await look("GET /repos/{owner}/{repo}/git/ref/{ref}", ref),
        ].filter((one) => one !== null);
        // Noted only when both looks succeeded: a failure between them must not swallow the first one's news.
        for (const [key, etag] of seen) if (etag !== "") etags.set(key, etag);
        return seen.length > 0;
      }),
    findProtection: async (branch) => {
      const answer = await finding(() => client.repos.getBranchProtection({ ...here, branch }));
      if (!answer) return null;
      const {
        required_pull_request_reviews: reviews,
        required_status_checks: checks,
        restrictions,
        enforce_admins,
      } = answer.data;
      return {
        requiredApprovals: reviews?.required_approving_review_count ?? 0,
        codeOwnerReviews: reviews?.require_code_owner_reviews ?? false,
        dismissStaleReviews: reviews?.dismiss_stale_reviews ?? false,
        lastPushApproval: reviews?.require_last_push_approval ?? false,
        enforceAdmins: enforce_admins?.enabled ?? false,
        pushTeams: restrictions ? restrictions.teams.map(({ slug }) => slug) : null,
        requiredChecks: (checks?.checks ?? []).map(({ context, app_id }) => ({ context, appId: app_id })),
      };
    },
    compare: (base, head) =>
      calling(async () => {
        const { data } = await client.repos.compareCommitsWithBasehead({
          ...here,
          basehead: `${base}...${head}`,
        });
        return {
          mergeBase: data.merge_base_commit.sha,
          ahead: data.ahead_by,
          behind: data.behind_by,
          files: (data.files ?? []).map(fileChangeOf),
        };
      }),
  };
}
