import { describe, expect, it } from "vitest";
import { readMergeRefusal } from "./merge-refusal.ts";

describe("readMergeRefusal", () => {
  it.each([
    [405, "Pull Request has merge conflicts", "conflict"],
    [405, "Pull Request is still a draft", "draft"],
    [405, "Base branch was modified. Review and try the merge again.", "base-moved"],
    [409, "Head branch was modified. Review and try the merge again.", "head-moved"],
    [409, "Head branch is out of date. Review and try the merge again.", "head-moved"],
    [405, "Squash merges are not allowed on this repository.", "method-disabled"],
    [
      405,
      "You're not authorized to push to this branch. Visit https://help.github.com/articles/about-protected-branches/ for more information.",
      "push-restricted",
    ],
    [405, "Pull Request is not mergeable", "not-mergeable"],
  ])("reads %i %s", (status, message, kind) => {
    expect(readMergeRefusal(status, message)?.kind).toBe(kind);
  });

  it("keeps the sentences of classic protection apart", () => {
    const refusal = readMergeRefusal(
      405,
      'Waiting on code owner review from acme/owners. Required status check "ci" is expected.',
    );
    expect(refusal).toEqual({
      kind: "blocked",
      checks: ["ci"],
      reviews: ["Waiting on code owner review from acme/owners."],
      sentences: [
        "Waiting on code owner review from acme/owners.",
        'Required status check "ci" is expected.',
      ],
    });
  });

  it("unwraps a ruleset's paragraphs", () => {
    const refusal = readMergeRefusal(
      405,
      "Repository rule violations found\n\nChanges have been requested.\n\n",
    );
    expect(refusal).toMatchObject({ kind: "blocked", reviews: ["Changes have been requested."] });
  });

  it("treats an unknown 405 as blocked with the forge's own words, and leaves other answers alone", () => {
    expect(readMergeRefusal(405, "Something new")).toMatchObject({
      kind: "blocked",
      sentences: ["Something new"],
    });
    expect(readMergeRefusal(403, "Resource not accessible by integration")).toBeNull();
  });
});
