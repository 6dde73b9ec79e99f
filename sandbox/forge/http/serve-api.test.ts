import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commitFiles, openChange, refusal, startTestForge, target } from "../testing/test-forge.ts";
import type { TestForge } from "../testing/test-forge.ts";

describe("the API's manners", () => {
  let test: TestForge;
  beforeAll(async () => {
    test = await startTestForge();
  });
  afterAll(() => test.stop());

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(test.forge.api + path, { headers: { authorization: "token ghp_rita", ...headers } });

  it("answers a known ETag with 304, free of charge", async () => {
    const first = await get("/repos/acme/fleet/git/ref/heads/main");
    const tag = first.headers.get("etag") ?? "";
    expect(tag).toMatch(/^W\/"/);
    const second = await get("/repos/acme/fleet/git/ref/heads/main", { "if-none-match": tag });
    expect(second.status).toBe(304);
    expect(await second.text()).toBe("");
    expect(second.headers.get("x-ratelimit-remaining")).toBe(first.headers.get("x-ratelimit-remaining"));
  });

  it("pages through lists by Link, over the repository's id", async () => {
    for (const name of ["p1", "p2", "p3"])
      await openChange(test.as("rita"), name, { [`${name}.yaml`]: "x: 1\n" });
    const page = await get("/repos/acme/fleet/pulls?per_page=2");
    expect(page.headers.get("link")).toContain('/repositories/70001/pulls?per_page=2&page=2>; rel="next"');
    const octokit = test.as("rita");
    const all = await octokit.paginate(octokit.pulls.list, { ...target, per_page: 2, direction: "asc" });
    expect(all.map((pull) => pull.head.ref)).toEqual(["p1", "p2", "p3"]);
    const named = await octokit.pulls.list({ ...target, head: "acme:p2" });
    expect(named.data.map((pull) => pull.head.ref)).toEqual(["p2"]);
  });

  it("is true to a token's scopes: says them and what it accepts, and shows nothing without", async () => {
    const scopes = async (path: string) => {
      const { status, headers } = await get(path);
      return [status, headers.get("x-oauth-scopes"), headers.get("x-accepted-oauth-scopes")];
    };
    expect(await scopes("/repos/acme/fleet/git/ref/heads/main")).toEqual([200, "read:org, repo", "repo"]);
    await test.control("PUT", "scopes", { login: "rita", scopes: ["gist"] });
    expect(await scopes("/repos/acme/fleet")).toEqual([404, "gist", "repo"]);
    expect(await scopes("/repos/acme/fleet/pulls")).toEqual([404, "gist", ""]);
    expect(await scopes("/user/teams")).toEqual([404, "gist", "admin:org, read:org, repo, user, write:org"]);
    expect(await scopes("/user")).toEqual([200, "gist", ""]);
    await test.control("PUT", "scopes", { login: "rita", scopes: ["read:org", "repo"] });
    expect(await refusal(test.as("rita").repos.get(target)).catch(() => "shown")).toBe("shown");
  });

  it("leads from a former name to the repository, as recorded: 301 for reads, 307 for writes", async () => {
    const octokit = test.as("oscar");
    await octokit.repos.update({ ...target, name: "fleet-two" });
    const ask = (method: string, path: string, body?: string) =>
      fetch(`${test.forge.api}/repos/acme/fleet${path}`, {
        ...{ method, redirect: "manual", headers: { authorization: "Bearer ghp_rita" } },
        ...(body === undefined ? {} : { body }),
      });
    const read = await ask("GET", "/pulls?state=all");
    const url = `${test.forge.api}/repositories/70001/pulls?state=all`;
    expect([read.status, read.headers.get("location")]).toEqual([301, url]);
    expect(await read.json()).toEqual({
      ...{ message: "Moved Permanently", url },
      documentation_url: "https://docs.github.com/v3/#http-redirects",
    });
    expect((await ask("POST", "/git/refs", "{}")).status).toBe(307);
    expect(await refusal(test.as("nobody").repos.get(target))).toMatchObject({ status: 404 });
    const moved = await octokit.repos.get(target);
    expect(moved.data.full_name).toBe("acme/fleet-two");
    await octokit.repos.update({ owner: "acme", repo: "fleet-two", name: "fleet" });
    expect((await ask("GET", "")).status).toBe(200);
    expect((await octokit.repos.get({ owner: "acme", repo: "fleet-two" })).data.full_name).toBe("acme/fleet");
  });

  it("hides the repository from those without a role, and everything from unknown tokens", async () => {
    expect(await refusal(test.as("nobody").repos.get(target))).toEqual({ status: 404, message: "Not Found" });
    expect(await refusal(test.withToken("ghp_wrong").repos.get(target))).toEqual({
      status: 401,
      message: "Bad credentials",
    });
    expect(await refusal(test.withToken("machine-token").repos.get(target))).toMatchObject({ status: 401 });
    expect((await fetch(`${test.forge.api}/user`)).status).toBe(401);
  });

  it("refuses writes of those who may only read", async () => {
    expect(await refusal(commitFiles(test.as("vera"), "vera", { "v.yaml": "v: 1\n" }))).toEqual({
      status: 403,
      message: "Must have push access to repository",
    });
    expect(
      await refusal(test.as("rita").repos.getBranchProtection({ ...target, branch: "main" })),
    ).toMatchObject({
      status: 403,
      message: "Must have admin rights to Repository.",
    });
  });

  it.each<
    [string, (test: TestForge) => Promise<unknown>, { status: number; message: string; errors?: unknown }]
  >([
    [
      "a branch that exists",
      (test) => commitFiles(test.as("rita"), "p1", { "y.yaml": "y: 1\n" }),
      { status: 422, message: "Reference already exists" },
    ],
    [
      "a second pull request for a branch",
      (test) => test.as("rita").pulls.create({ ...target, title: "t", head: "p1", base: "main" }),
      {
        status: 422,
        message: "Validation Failed",
        errors: [
          { resource: "PullRequest", code: "custom", message: "A pull request already exists for acme:p1." },
        ],
      },
    ],
    [
      "nothing to merge",
      (test) => test.as("rita").pulls.create({ ...target, title: "t", head: "main", base: "main" }),
      {
        status: 422,
        message: "Validation Failed",
        errors: [{ resource: "PullRequest", code: "custom", message: "No commits between main and main" }],
      },
    ],
    [
      "an unknown head",
      (test) => test.as("rita").pulls.create({ ...target, title: "t", head: "none", base: "main" }),
      {
        status: 422,
        message: "Validation Failed",
        errors: [{ resource: "PullRequest", field: "head", code: "invalid" }],
      },
    ],
    [
      "a missing field",
      (test) => test.as("rita").request("POST /repos/acme/fleet/pulls", { title: "t", base: "main" }),
      { status: 422, message: `Invalid request.\n\n"head" wasn't supplied.` },
    ],
    [
      "a write to the protected branch through contents",
      (test) =>
        test
          .as("anna")
          .repos.createOrUpdateFileContents({ ...target, path: "x", message: "m", content: "eA==" }),
      { status: 409, message: "Could not update file: Changes must be made through a pull request." },
    ],
    [
      "moving the protected branch",
      (test) => commitFiles(test.as("anna"), "main", { "y.yaml": "y: 1\n" }),
      { status: 422, message: "Reference update failed" },
    ],
    [
      "deleting a path that is not there",
      (test) => commitFiles(test.as("rita"), "deletes", { "none.yaml": null }),
      { status: 422, message: "GitRPC::BadObjectState" },
    ],
    [
      "a tree that climbs out",
      (test) => commitFiles(test.as("rita"), "climbs", { "../x": "x" }),
      { status: 422, message: "tree.path contains a malformed path component" },
    ],
    [
      "protection where there is none",
      (test) => test.as("oscar").repos.getBranchProtection({ ...target, branch: "p1" }),
      { status: 404, message: "Branch not protected" },
    ],
  ])("refuses %s in GitHub's words", async (_name, request, words) => {
    expect(await refusal(request(test))).toEqual(words);
  });

  it("answers an unknown route like GitHub and tells the log", async () => {
    const response = await get("/repos/acme/fleet/none/such");
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ message: "Not Found", status: "404" });
    expect(test.log.join("\n")).toContain("GET /api/v3/repos/acme/fleet/none/such");
  });

  it("knows two API versions; the newer lacks what was announced as removed, a third is refused", async () => {
    const pulls = async (version: string) =>
      (await get("/repos/acme/fleet/pulls", { "x-github-api-version": version })).json() as Promise<object[]>;
    expect((await pulls("2022-11-28"))[0]).toHaveProperty("merge_commit_sha");
    expect((await pulls("2026-03-10"))[0]).not.toHaveProperty("merge_commit_sha");
    const none = await get("/user", { "x-github-api-version": "v3" });
    expect(none.status).toBe(400);
    expect(none.headers.get("x-github-enterprise-version")).toMatch(/^3\./);
  });

  it("an administrator sets protection and reads it back", async () => {
    const octokit = test.as("oscar");
    await octokit.repos.updateBranchProtection({
      ...target,
      branch: "p1",
      required_status_checks: { strict: true, contexts: [], checks: [{ context: "build", app_id: 4711 }] },
      enforce_admins: true,
      required_pull_request_reviews: { required_approving_review_count: 2, require_last_push_approval: true },
      restrictions: { users: [], teams: ["fleet-approvers"] },
    });
    const { data } = await octokit.repos.getBranchProtection({ ...target, branch: "p1" });
    expect(data).toMatchObject({
      required_status_checks: { strict: true, checks: [{ context: "build", app_id: 4711 }] },
      enforce_admins: { enabled: true },
      required_pull_request_reviews: { required_approving_review_count: 2, require_last_push_approval: true },
      restrictions: { teams: [{ slug: "fleet-approvers" }] },
    });
  });

  it("an owner changes who is in a team, and rights follow at once", async () => {
    const team = { org: "acme", team_slug: "team-leads", username: "nobody" };
    expect(await refusal(test.as("rita").teams.addOrUpdateMembershipForUserInOrg(team))).toMatchObject({
      status: 403,
    });
    await test.as("oscar").teams.addOrUpdateMembershipForUserInOrg(team);
    expect((await test.as("nobody").repos.get(target)).data.permissions?.push).toBe(true);
    await test.as("oscar").teams.removeMembershipForUserInOrg(team);
    expect(await refusal(test.as("nobody").repos.get(target))).toMatchObject({ status: 404 });
  });

  it("takes branch names with slashes wherever a ref goes", async () => {
    const ref = "fleetwright/new/pay-dev-1";
    const octokit = test.as("rita");
    const sha = await commitFiles(octokit, ref, { "pay.yaml": "p: 1\n" });
    expect((await octokit.git.getRef({ ...target, ref: `heads/${ref}` })).data.object.sha).toBe(sha);
    expect((await octokit.repos.getBranch({ ...target, branch: ref })).data.commit.sha).toBe(sha);
    expect((await octokit.repos.getCommit({ ...target, ref })).data.sha).toBe(sha);
    expect((await octokit.checks.listForRef({ ...target, ref })).data.total_count).toBe(0);
    const content = await octokit.repos.getContent({ ...target, path: "pay.yaml", ref });
    expect(content.data).toMatchObject({ type: "file", content: "cDogMQo=\n" });
    const compared = await octokit.repos.compareCommitsWithBasehead({ ...target, basehead: `main...${ref}` });
    expect(compared.data).toMatchObject({ status: "ahead", ahead_by: 1 });
    const files = await octokit.repos.compareCommits({ ...target, base: ref, head: "main" });
    expect(files.data).toMatchObject({ status: "behind", behind_by: 1, files: [] });
    await octokit.git.deleteRef({ ...target, ref: `heads/${ref}` });
    expect(await refusal(octokit.repos.getBranch({ ...target, branch: ref }))).toEqual({
      status: 404,
      message: "Branch not found",
    });
  });
});
