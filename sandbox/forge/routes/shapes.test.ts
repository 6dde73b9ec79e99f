import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GithubDescription } from "../testing/openapi.ts";
import { openChange, startTestForge, target } from "../testing/test-forge.ts";
import type { TestForge } from "../testing/test-forge.ts";

describe("replies have the shapes of GitHub's own API description", () => {
  let test: TestForge;
  let number: number;
  let sha: string;
  const schemas = GithubDescription.read();
  beforeAll(async () => {
    test = await startTestForge();
    number = await openChange(test.as("rita"), "shape", { "shape.yaml": "s: 1\n", CODEOWNERS: "* @anna\n" });
    const pull = { ...target, pull_number: number };
    sha = (await test.as("rita").pulls.get(pull)).data.head.sha;
    await test.as("anna").pulls.createReview({ ...pull, event: "APPROVE" });
    await test.as("rita").issues.createComment({ ...target, issue_number: number, body: "Please" });
    await test.as("rita").issues.createLabel({ ...target, name: "cluster", description: "About a cluster" });
    await test.as("rita").issues.addLabels({ ...target, issue_number: number, labels: ["cluster"] });
    await test.as("rita").repos.createCommitStatus({ ...target, sha, state: "success", context: "ci" });
    await test.asApp().checks.create({ ...target, name: "build", head_sha: sha, conclusion: "success" });
    const config = { url: "http://127.0.0.1:9/", secret: "x" };
    await test.as("oscar").repos.createWebhook({ ...target, active: false, config });
  });
  afterAll(() => test.stop());

  it.each<[string, string, string]>([
    ["private-user", "rita", "/user"],
    ["public-user", "rita", "/users/anna"],
    ["organization-simple", "rita", "/user/orgs#0"],
    ["team-full", "rita", "/user/teams#0"],
    ["org-membership", "rita", "/user/memberships/orgs/acme"],
    ["organization-full", "rita", "/orgs/acme"],
    ["simple-user", "rita", "/orgs/acme/members#0"],
    ["team", "rita", "/orgs/acme/teams#0"],
    ["team-full", "rita", "/orgs/acme/teams/team-leads"],
    ["team-membership", "rita", "/orgs/acme/teams/team-leads/memberships/rita"],
    ["full-repository", "rita", "/repos/acme/fleet"],
    ["full-repository", "rita", "/repositories/70001"],
    ["collaborator", "rita", "/repos/acme/fleet/collaborators#0"],
    ["repository-collaborator-permission", "rita", "/repos/acme/fleet/collaborators/anna/permission"],
    ["short-branch", "vera", "/repos/acme/fleet/branches#0"],
    ["branch-with-protection", "vera", "/repos/acme/fleet/branches/main"],
    ["branch-protection", "oscar", "/repos/acme/fleet/branches/main/protection"],
    ["git-ref", "vera", "/repos/acme/fleet/git/ref/heads/main"],
    ["git-ref", "vera", "/repos/acme/fleet/git/matching-refs/heads/#0"],
    ["git-tree", "vera", "/repos/acme/fleet/git/trees/main?recursive=1"],
    ["git-commit", "vera", "/repos/acme/fleet/git/commits/SHA"],
    ["content-file", "vera", "/repos/acme/fleet/contents/CODEOWNERS?ref=shape"],
    ["content-directory", "vera", "/repos/acme/fleet/contents/clusters"],
    ["commit", "vera", "/repos/acme/fleet/commits#0"],
    ["commit", "vera", "/repos/acme/fleet/commits/SHA"],
    ["commit-comparison", "vera", "/repos/acme/fleet/compare/main...shape"],
    ["pull-request-simple", "vera", "/repos/acme/fleet/pulls#0"],
    ["pull-request-simple", "vera", "/repos/acme/fleet/commits/SHA/pulls#0"],
    ["pull-request", "vera", "/repos/acme/fleet/pulls/1"],
    ["diff-entry", "vera", "/repos/acme/fleet/pulls/1/files#0"],
    ["commit", "vera", "/repos/acme/fleet/pulls/1/commits#0"],
    ["pull-request-review", "vera", "/repos/acme/fleet/pulls/1/reviews#0"],
    ["pull-request-review-request", "vera", "/repos/acme/fleet/pulls/1/requested_reviewers"],
    ["issue-comment", "vera", "/repos/acme/fleet/issues/1/comments#0"],
    ["label", "vera", "/repos/acme/fleet/issues/1/labels#0"],
    ["status", "vera", "/repos/acme/fleet/commits/SHA/statuses#0"],
    ["combined-commit-status", "vera", "/repos/acme/fleet/commits/SHA/status"],
    ["hook", "oscar", "/repos/acme/fleet/hooks#0"],
    ["rate-limit-overview", "vera", "/rate_limit"],
  ])("%s", async (schema, login, path) => {
    const [url = "", index] = path.replace("SHA", sha).split("#");
    const { data } = (await test.as(login).request(`GET ${url}`)) as { data: unknown };
    const value: unknown = index === undefined ? data : (data as unknown[])[Number(index)];
    expect(value).toBeDefined();
    expect(schemas.problems(schema, value)).toEqual([]);
  });

  it("check-run, integration and installation", async () => {
    const { data: list } = await test.as("vera").checks.listForRef({ ...target, ref: sha });
    expect(schemas.problems("check-run", list.check_runs[0])).toEqual([]);
    expect(schemas.problems("integration", list.check_runs[0]?.app)).toEqual([]);
  });

  it("errors carry a string status and where to read on", async () => {
    const response = await fetch(`${test.forge.api}/repos/acme/none`, {
      headers: { authorization: "token ghp_rita" },
    });
    expect(response.status).toBe(404);
    expect(schemas.problems("basic-error", await response.json())).toEqual([]);
  });
});
