import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { commitFiles, openChange, refusal, startTestForge, target, testSeed } from "../testing/test-forge.ts";
import type { TestForge } from "../testing/test-forge.ts";

describe("merging under the fleet's protection", () => {
  let test: TestForge;
  beforeAll(async () => {
    const seed = testSeed({
      requireCodeOwnerReviews: true,
      requireLastPushApproval: true,
      requiredChecks: [{ context: "fleetwright/build", appId: 4711 }],
    });
    test = await startTestForge(seed);
  });
  afterAll(() => test.stop());

  const approve = (login: string, number: number) =>
    test.as(login).pulls.createReview({ ...target, pull_number: number, event: "APPROVE" });
  const pass = async (number: number) => {
    const { data } = await test.as("vera").pulls.get({ ...target, pull_number: number });
    const check = { ...target, name: "fleetwright/build", head_sha: data.head.sha };
    await test.asApp().checks.create({ ...check, conclusion: "success" });
    return data.head.sha;
  };
  const merge = (login: string, number: number, extra: object = {}) =>
    test.as(login).pulls.merge({ ...target, pull_number: number, ...extra });

  it("tells every unmet rule in one sentence after another", async () => {
    const number = await openChange(test.as("rita"), "unready", { "u.yaml": "u: 1\n" });
    expect(await refusal(merge("anna", number))).toEqual({
      status: 405,
      message:
        "At least 1 approving review is required by reviewers with write access. " +
        "Waiting on code owner review from acme/fleet-approvers. " +
        "New changes require approval from someone other than the last pusher. " +
        'Required status check "fleetwright/build" is expected.',
    });
  });

  it("lets only the restricted teams merge, not the requester, not the reader", async () => {
    const number = await openChange(test.as("rita"), "restricted", { "r.yaml": "r: 1\n" });
    await approve("anna", number);
    await pass(number);
    const { message, status } = await refusal(merge("rita", number));
    expect(status).toBe(405);
    expect(message).toContain("You're not authorized to push to this branch.");
    expect(await refusal(merge("vera", number))).toMatchObject({ status: 403 });
    expect(await refusal(merge("nobody", number))).toEqual({ status: 404, message: "Not Found" });
    expect((await merge("adam", number)).data.merged).toBe(true);
  });

  it("a status by a person does not stand in for the App's check", async () => {
    const number = await openChange(test.as("rita"), "forged", { "f.yaml": "f: 1\n" });
    await approve("anna", number);
    const { data } = await test.as("rita").pulls.get({ ...target, pull_number: number });
    const status = { ...target, sha: data.head.sha, context: "fleetwright/build" };
    await test.as("rita").repos.createCommitStatus({ ...status, state: "success" });
    expect((await refusal(merge("anna", number))).message).toBe(
      'Required status check "fleetwright/build" was not set by the expected GitHub app.',
    );
  });

  it("refuses a head other than the one looked at, and merges that one", async () => {
    const number = await openChange(test.as("rita"), "guarded", { "g.yaml": "g: 1\n" });
    await approve("anna", number);
    const sha = await pass(number);
    expect(await refusal(merge("anna", number, { sha: "0".repeat(40) }))).toEqual({
      status: 409,
      message: "Head branch was modified. Review and try the merge again.",
    });
    const { data } = await merge("anna", number, { sha, merge_method: "squash" });
    const { data: commit } = await test.as("vera").git.getCommit({ ...target, commit_sha: data.sha });
    expect(commit).toMatchObject({
      message: `Change guarded (#${String(number)})`,
      author: { name: "Rita Requester" },
      committer: { email: "noreply@github.com" },
    });
    expect(commit.parents).toHaveLength(1);
    expect(await refusal(merge("anna", number))).toEqual({
      status: 405,
      message: "Pull Request is not mergeable",
    });
  });

  it("answers a conflict as GitHub does, and says dirty once it is known", async () => {
    const path = "clusters/dev/a.yaml";
    const first = await openChange(test.as("rita"), "left", { [path]: "left: 1\n" });
    const second = await openChange(test.as("rita"), "right", { [path]: "right: 1\n" });
    for (const number of [first, second]) {
      await approve("anna", number);
      await pass(number);
    }
    await merge("anna", first);
    expect(await refusal(merge("anna", second))).toEqual({
      status: 405,
      message: "Pull Request has merge conflicts",
    });
    await vi.waitFor(async () => {
      const { data } = await test.as("vera").pulls.get({ ...target, pull_number: second });
      expect(data).toMatchObject({ mergeable: false, mergeable_state: "dirty" });
    });
    const update = test.as("rita").pulls.updateBranch({ ...target, pull_number: second });
    expect(await refusal(update)).toEqual({ status: 422, message: "merge conflict between base and head" });
  });

  it("merges changes of different places in one file", async () => {
    const path = "clusters/staging/c.yaml";
    const lines = (first: string, last: string) => `${first}\nb\nc\nd\ne\nf\ng\n${last}\n`;
    const base = await openChange(test.as("rita"), "base", { [path]: lines("a", "h") });
    await approve("anna", base);
    await pass(base);
    await merge("anna", base);
    const top = await openChange(test.as("rita"), "top", { [path]: lines("TOP", "h") });
    const bottom = await openChange(test.as("rita"), "bottom", { [path]: lines("a", "BOTTOM") });
    for (const [number, method] of [
      [top, "rebase"],
      [bottom, "rebase"],
    ] as const) {
      await approve("adam", number);
      await pass(number);
      await merge("adam", number, { merge_method: method });
    }
    const { data } = await test.as("vera").repos.getContent({
      ...target,
      path,
      mediaType: { format: "raw" },
    });
    expect(data).toBe(lines("TOP", "BOTTOM"));
  });

  it("mergeable is unknown first and blocked, then clean, later", async () => {
    const { data: created } = await test.as("rita").pulls.create({
      ...target,
      title: "Later",
      head: await commitFiles(test.as("rita"), "later", { "l.yaml": "l: 1\n" }).then(() => "later"),
      base: "main",
    });
    expect(created).toMatchObject({ mergeable: null, mergeable_state: "unknown" });
    const state = async () => {
      const { data } = await test.as("anna").pulls.get({ ...target, pull_number: created.number });
      return `${String(data.mergeable)} ${data.mergeable_state}`;
    };
    await vi.waitFor(async () => {
      expect(await state()).toBe("true blocked");
    });
    await approve("anna", created.number);
    await pass(created.number);
    expect(await state()).toBe("true clean");
  });

  it("an update of the branch from its base keeps approvals, a change of content does not", async () => {
    const number = await openChange(test.as("rita"), "kept", { "k.yaml": "k: 1\n" });
    await approve("anna", number);
    const other = await openChange(test.as("rita"), "moves-base", { "m.yaml": "m: 1\n" });
    await approve("anna", other);
    await pass(other);
    await merge("anna", other);
    await test.as("rita").pulls.updateBranch({ ...target, pull_number: number });
    const states = async () => {
      const { data } = await test.as("vera").pulls.listReviews({ ...target, pull_number: number });
      return data.map((review) => review.state);
    };
    expect(await states()).toEqual(["APPROVED"]);
    const { data: file } = await test.as("rita").repos.getContent({ ...target, path: "k.yaml", ref: "kept" });
    await test.as("rita").repos.createOrUpdateFileContents({
      ...target,
      path: "k.yaml",
      branch: "kept",
      message: "Change k",
      content: Buffer.from("k: 2\n").toString("base64"),
      sha: Array.isArray(file) ? "" : file.sha,
    });
    expect(await states()).toEqual(["DISMISSED"]);
  });
});
