import { describe, expect, it } from "vitest";
import { ownersOf, parseCodeOwners, requiredOwners } from "./code-owners.ts";

const rules = parseCodeOwners(`
# the fleet
*                    @acme/fleet-approvers
*.md                 @docs # prose
/clusters/prod/      @acme/prod @boss
clusters/*           @top
templates            @acme/platform
/clusters/prod/open/
!negated             @nobody
`);

describe("CODEOWNERS", () => {
  it.each([
    ["fleet.yaml", ["acme/fleet-approvers"]],
    ["docs/a/b.md", ["docs"]],
    ["clusters/prod/a/b.yaml", ["acme/prod", "boss"]],
    ["clusters/file", ["top"]],
    ["clusters/dev/file", ["acme/fleet-approvers"]],
    ["a/templates/x/y", ["acme/platform"]],
    ["clusters/prod/open/x", []],
  ])("the last rule that matches %s decides", (path, owners) => {
    expect(ownersOf(rules, path)).toEqual(owners);
  });

  it("asks each group of owners once", () => {
    expect(requiredOwners(rules, ["a", "b", "clusters/prod/x", "clusters/prod/open/x"])).toEqual([
      ["acme/fleet-approvers"],
      ["acme/prod", "boss"],
    ]);
  });
});
