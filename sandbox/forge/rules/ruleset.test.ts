import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commitFiles, openChange, refusal, startTestForge, target } from "../testing/test-forge.ts";
import type { TestForge } from "../testing/test-forge.ts";

const through = "Changes must be made through a pull request.";

describe("rulesets", () => {
  let test: TestForge;
  beforeAll(async () => {
    test = await startTestForge();
    await test.as("oscar").repos.createRepoRuleset({
      ...target,
      name: "Guard",
      enforcement: "active",
      conditions: { ref_name: { include: ["refs/heads/guarded"], exclude: [] } },
      rules: [
        {
          type: "pull_request",
          parameters: {
            required_approving_review_count: 1,
            dismiss_stale_reviews_on_push: true,
            require_code_owner_review: false,
            require_last_push_approval: false,
            required_review_thread_resolution: false,
          },
        },
        { type: "deletion" },
        { type: "non_fast_forward" },
      ],
    });
    await commitFiles(test.as("rita"), "guarded", { "g.yaml": "g: 1\n" });
  });
  afterAll(() => test.stop());

  it("are told for a branch whether it exists or not, to whoever may read", async () => {
    const rules = async (branch: string) =>
      (await test.as("vera").repos.getBranchRules({ ...target, branch })).data.map(({ type }) => type);
    expect(await rules("guarded")).toEqual(["pull_request", "deletion", "non_fast_forward"]);
    expect(await rules("no/such")).toEqual([]);
  });

  it("refuse direct writes in their own wrapper: refs 422, contents 409, push GH013", async () => {
    const wrapped = `Repository rule violations found\n\n${through}\n\n`;
    expect(await refusal(commitFiles(test.as("anna"), "guarded", { "x.yaml": "x: 1\n" }, "guarded"))).toEqual(
      {
        status: 422,
        message: wrapped,
      },
    );
    const file = { ...target, path: "x", message: "m", content: "eA==", branch: "guarded" };
    expect(await refusal(test.as("anna").repos.createOrUpdateFileContents(file))).toEqual({
      status: 409,
      message: wrapped,
    });
    await test.git(test.dir, "clone", "--quiet", "--branch=guarded", test.remote("ghp_anna"), "clone");
    const clone = `${test.dir}/clone`;
    await test.git(clone, "commit", "--quiet", "--allow-empty", "-m", "Direct");
    const push = await test.git(clone, "push", "origin", "HEAD:guarded").catch(String);
    expect(push).toContain("GH013: Repository rule violations found for refs/heads/guarded.");
    expect(push).toContain(
      `Review all repository rules at ${test.forge.url}/acme/fleet/rules?ref=refs%2Fheads%2Fguarded`,
    );
    expect(push).toContain(`- ${through}`);
  });

  it("refuse a merge in paragraphs, and let it through when they are met", async () => {
    const number = await openChange(test.as("rita"), "to-guarded", { "t.yaml": "t: 1\n" });
    const pull = { ...target, pull_number: number };
    await test.as("rita").pulls.update({ ...pull, base: "guarded" });
    expect(await refusal(test.as("anna").pulls.merge(pull))).toEqual({
      status: 405,
      message:
        "Repository rule violations found\n\nAt least 1 approving review is required by reviewers with write access.\n\n",
    });
    await test.as("anna").pulls.createReview({ ...pull, event: "APPROVE" });
    expect((await test.as("anna").pulls.merge(pull)).data.merged).toBe(true);
  });

  it("end with their deletion", async () => {
    const [ruleset] = (await test.as("oscar").repos.getRepoRulesets(target)).data;
    await test.as("oscar").repos.deleteRepoRuleset({ ...target, ruleset_id: ruleset?.id ?? 0 });
    expect((await test.as("vera").repos.getBranchRules({ ...target, branch: "guarded" })).data).toEqual([]);
  });
});
