import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChange, refusal, startTestForge, target } from "./testing/test-forge.ts";
import type { TestForge } from "./testing/test-forge.ts";

describe("the forge as a whole", () => {
  let test: TestForge;
  beforeAll(async () => {
    test = await startTestForge();
  });
  afterAll(() => test.stop());

  it("tells a person who he is", async () => {
    const { data } = await test.as("rita").users.getAuthenticated();
    expect(data).toMatchObject({ login: "rita", name: "Rita Requester", type: "User" });
  });

  it("carries a change from branch to merge, and two changes from one base both survive", async () => {
    const first = await openChange(test.as("rita"), "one", { "clusters/dev/one.yaml": "one: 1\n" });
    const second = await openChange(test.as("rita"), "two", { "clusters/dev/two.yaml": "two: 2\n" });
    for (const number of [first, second]) {
      const { data: review } = await test
        .as("anna")
        .pulls.createReview({ ...target, pull_number: number, event: "APPROVE" });
      expect(review.state).toBe("APPROVED");
      const { data: merge } = await test.as("anna").pulls.merge({ ...target, pull_number: number });
      expect(merge.merged).toBe(true);
    }
    const { data: tree } = await test.as("vera").git.getTree({ ...target, tree_sha: "main", recursive: "1" });
    const paths = tree.tree.map((entry) => entry.path);
    expect(paths).toEqual(expect.arrayContaining(["clusters/dev/one.yaml", "clusters/dev/two.yaml"]));
    const log = await test.git(test.forge.gitDir, "log", "--first-parent", "--format=%s", "-2", "main");
    expect(log.trim().split("\n")).toEqual([
      `Merge pull request #${String(second)} from acme/two`,
      `Merge pull request #${String(first)} from acme/one`,
    ]);
  });

  it("refuses self-approval", async () => {
    const number = await openChange(test.as("anna"), "own", { "own.yaml": "x: 1\n" });
    const own = test.as("anna").pulls.createReview({ ...target, pull_number: number, event: "APPROVE" });
    expect(await refusal(own)).toEqual({
      status: 422,
      message: "Unprocessable Entity",
      errors: ["Review Can not approve your own pull request"],
    });
  });
});
