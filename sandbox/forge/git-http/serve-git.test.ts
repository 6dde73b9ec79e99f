import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChange, startTestForge, target } from "../testing/test-forge.ts";
import type { TestForge } from "../testing/test-forge.ts";

describe("Git over HTTP", () => {
  let test: TestForge;
  let work: string;
  let clone: string;
  beforeAll(async () => {
    test = await startTestForge();
    work = await mkdtemp(join(tmpdir(), "forge-clone-"));
    clone = join(work, "rita");
    await test.git(work, "clone", "--quiet", test.remote("ghp_rita"), clone);
  });
  afterAll(async () => {
    await test.stop();
    await rm(work, { recursive: true, force: true });
  });

  const commit = async (path: string, content: string) => {
    await writeFile(join(clone, path), content);
    await test.git(clone, "add", "--all");
    await test.git(clone, "commit", "--quiet", "-m", `Write ${path}`);
  };

  it("challenges before it asks for a credential", async () => {
    const response = await fetch(`${test.forge.url}/acme/fleet.git/info/refs?service=git-upload-pack`);
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe('Basic realm="GitHub"');
  });

  it("clones with the seed's history, authors and dates", async () => {
    const log = await test.git(clone, "log", "--format=%an <%ae> %aI %s");
    expect(log.trim().split("\n")).toEqual([
      "Anna Approver <anna@example.com> 2026-01-06T08:00:00+00:00 Add staging",
      "Oscar Owner <oscar@example.com> 2026-01-05T08:00:00+00:00 Start the fleet",
    ]);
  });

  it.each([
    ["a bad token", "wrong", "Authentication failed"],
    ["a person without any role", "ghp_nobody", "not found"],
  ])("refuses to clone with %s", async (_name, token, words) => {
    const attempt = test.git(work, "clone", "--quiet", test.remote(token), join(work, "refused"));
    await expect(attempt).rejects.toThrow(words);
  });

  it("lets a machine token fetch but not push", async () => {
    await test.git(clone, "fetch", "--quiet", test.remote("machine-token"), "main");
    const push = test.git(clone, "push", test.remote("machine-token"), "HEAD:refs/heads/machine");
    await expect(push).rejects.toThrow("Write access to repository not granted");
  });

  it("denies a push to a person with read access", async () => {
    const push = test.git(clone, "push", test.remote("ghp_vera"), "HEAD:refs/heads/vera");
    await expect(push).rejects.toThrow("Permission to acme/fleet.git denied to vera");
  });

  it("refuses a direct push to the protected branch, with GitHub's GH006", async () => {
    await test.git(clone, "checkout", "--quiet", "-b", "direct");
    await commit("direct.yaml", "x: 1\n");
    await expect(test.git(clone, "push", "origin", "HEAD:main")).rejects.toThrow(
      /GH006: Protected branch update failed for refs\/heads\/main/,
    );
    await expect(test.git(clone, "push", test.remote("ghp_anna"), "HEAD:main")).rejects.toThrow(
      /Changes must be made through a pull request/,
    );
    await expect(test.git(clone, "push", "origin", ":main")).rejects.toThrow(/GH006/);
  });

  it("hides pull request refs from pushes and shows them to fetches", async () => {
    await expect(test.git(clone, "push", "origin", "HEAD:refs/pull/99/head")).rejects.toThrow(/hidden ref/);
    const number = await openChange(test.as("rita"), "fetchable", { "f.yaml": "f: 1\n" });
    await test.git(clone, "fetch", "--quiet", "origin", `refs/pull/${String(number)}/head`);
  });

  it("a push to a pull request's branch moves the pull request and makes approvals stale", async () => {
    const number = await openChange(test.as("rita"), "topic", { "topic.yaml": "t: 1\n" });
    await test.as("anna").pulls.createReview({ ...target, pull_number: number, event: "APPROVE" });
    await test.git(clone, "fetch", "--quiet", "origin");
    await test.git(clone, "checkout", "--quiet", "-b", "topic", "origin/topic");
    await commit("topic.yaml", "t: 2\n");
    await test.git(clone, "push", "--quiet", "origin", "topic");
    const head = (await test.git(clone, "rev-parse", "HEAD")).trim();
    const { data: pull } = await test.as("vera").pulls.get({ ...target, pull_number: number });
    expect(pull.head.sha).toBe(head);
    expect(pull.commits).toBe(2);
    const { data: reviews } = await test.as("vera").pulls.listReviews({ ...target, pull_number: number });
    expect(reviews.map((review) => review.state)).toEqual(["DISMISSED"]);
  });

  it("a pull request is merged when its commits reach an unprotected base by hand", async () => {
    await test.git(clone, "checkout", "--quiet", "-b", "base", "origin/main");
    await test.git(clone, "push", "--quiet", "origin", "base");
    await test.git(clone, "checkout", "--quiet", "-b", "side");
    await commit("side.yaml", "s: 1\n");
    await test.git(clone, "push", "--quiet", "origin", "side");
    const { data: pull } = await test
      .as("rita")
      .pulls.create({ ...target, title: "Side", head: "side", base: "base" });
    await test.git(clone, "push", "--quiet", "origin", "side:base");
    const { data: after } = await test.as("rita").pulls.get({ ...target, pull_number: pull.number });
    expect(after).toMatchObject({ state: "closed", merged: true, merge_commit_sha: pull.head.sha });
  });

  it("takes a push of several megabytes, as git sends it in chunks", async () => {
    await test.git(clone, "checkout", "--quiet", "-b", "large", "origin/main");
    await writeFile(join(clone, "large.bin"), randomBytes(3_000_000));
    await test.git(clone, "add", "--all");
    await test.git(clone, "commit", "--quiet", "-m", "Add much");
    await test.git(clone, "push", "--quiet", "origin", "large");
    const { data } = await test.as("rita").git.getRef({ ...target, ref: "heads/large" });
    expect(data.object.sha).toBe((await test.git(clone, "rev-parse", "HEAD")).trim());
  });

  it("a pull request closes when its branch is deleted", async () => {
    const number = await openChange(test.as("rita"), "short-lived", { "s.yaml": "s: 1\n" });
    await test.git(clone, "push", "--quiet", "origin", ":short-lived");
    const { data } = await test.as("rita").pulls.get({ ...target, pull_number: number });
    expect(data).toMatchObject({ state: "closed", merged: false });
  });
});
