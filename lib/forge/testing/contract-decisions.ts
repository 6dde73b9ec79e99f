import { expect, it, vi } from "vitest";
import type { MergeMethod, PullRequest } from "../forge.ts";
import { baseFile, makeBranch, openPull, type ContractPerson, type ContractWorld } from "./contract-world.ts";

/** What reviews and merges promise: every refusal has its kind, and the head that was looked at is the one merged. */
export function promiseDecisions(world: () => ContractWorld): void {
  const merge = (person: ContractPerson, pull: PullRequest, method: MergeMethod = "merge") =>
    world()
      .as(person)
      .merge(pull.number, { headSha: pull.headSha, method, title: `Merge ${pull.title}`, message: "" });
  const approve = (pull: PullRequest, person: ContractPerson = "anna") =>
    world().as(person).review(pull.number, { event: "approve", body: "", headSha: pull.headSha });

  it("keeps every review, with the head it was written for", async () => {
    const pull = await openPull(world().as("rita"), "reviewed");
    const { number, headSha } = pull;
    await world().as("adam").review(number, { event: "comment", body: "Hm", headSha });
    await world().as("adam").review(number, { event: "request-changes", body: "No", headSha });
    const review = await approve(pull);
    expect(review).toMatchObject({ login: "anna", state: "approved", commitSha: headSha });
    const reviews = await world().as("vera").reviews(number);
    expect(reviews.map(({ login, state }) => `${login} ${state}`)).toEqual([
      "adam commented",
      "adam changes-requested",
      "anna approved",
    ]);
    expect(await merge("anna", pull)).toMatchObject({
      merged: false,
      refusal: { kind: "blocked", reviews: ["Changes have been requested."] },
    });
  });

  it("refuses approval of one's own", async () => {
    const pull = await openPull(world().as("anna"), "own");
    await expect(approve(pull)).rejects.toMatchObject({ code: "invalid", status: 422 });
  });

  it.each(["merge", "squash", "rebase"] as const)("merges by %s, and the branch holds it", async (method) => {
    const pull = await openPull(world().as("rita"), `by-${method}`);
    await approve(pull);
    const outcome = await merge("anna", pull, method);
    const tip = await world().as("vera").findBranch("main");
    expect(outcome).toEqual({ merged: true, sha: tip });
    expect(await world().as("vera").findPullRequest(pull.number)).toMatchObject({
      state: "merged",
      mergedBy: "anna",
      mergeCommit: tip,
    });
    expect(await merge("anna", pull)).toEqual({ merged: false, refusal: { kind: "not-mergeable" } });
  });

  it("names what blocks a merge: reviews lacking, pushes restricted", async () => {
    const pull = await openPull(world().as("rita"), "blocked");
    expect(await merge("anna", pull)).toMatchObject({
      merged: false,
      refusal: { kind: "blocked", reviews: [expect.stringContaining("approving review")], checks: [] },
    });
    expect(await merge("rita", pull)).toEqual({ merged: false, refusal: { kind: "push-restricted" } });
  });

  it("does not merge a head nobody looked at, and a push takes the approval away", async () => {
    const pull = await openPull(world().as("rita"), "moved");
    await approve(pull);
    const stale = { ...pull, headSha: (await world().as("vera").findBranch("main")) ?? "" };
    expect(await merge("anna", stale)).toEqual({ merged: false, refusal: { kind: "head-moved" } });
  });

  it("refuses a conflict, and says in time that there is one", async () => {
    const first = await openPull(world().as("rita"), "clash-1", { [baseFile]: "a: 2\n" });
    const second = await openPull(world().as("rita"), "clash-2", { [baseFile]: "a: 3\n" });
    await approve(first);
    await approve(second);
    expect(await merge("anna", first)).toMatchObject({ merged: true });
    const read = () => world().as("vera").findPullRequest(second.number);
    await vi.waitFor(async () =>
      expect(await read()).toMatchObject({ mergeable: false, mergeableState: "dirty" }),
    );
    expect(await merge("anna", second)).toEqual({ merged: false, refusal: { kind: "conflict" } });
  });

  it.each([
    [405, "Base branch was modified. Review and try the merge again.", "base-moved"],
    [405, "Pull Request is still a draft", "draft"],
    [405, "Squash merges are not allowed on this repository.", "method-disabled"],
    [405, "Something nobody has seen before", "blocked"],
    [409, "Head branch is out of date. Review and try the merge again.", "head-moved"],
  ])("reads %i %s as %s, and asks once only", async (status, message, kind) => {
    const pull = await openPull(world().as("rita"), `refused-${kind}-${String(status)}`);
    await world().fault({ method: "PUT", path: "/merge$", status, message });
    await world().forget();
    expect(await merge("anna", pull)).toMatchObject({ merged: false, refusal: { kind } });
    expect((await world().requests()).filter((one) => one.startsWith("PUT"))).toHaveLength(1);
  });

  it("may not be done by who only reads", async () => {
    await expect(makeBranch(world().as("vera"), "vera")).rejects.toMatchObject({
      code: "forbidden",
      status: 403,
    });
  });
}
