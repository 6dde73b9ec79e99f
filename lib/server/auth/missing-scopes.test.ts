import { expect, test } from "vitest";
import { missingScopes, scopesFor } from "./missing-scopes.ts";

test.each([
  ["repo,read:org", []],
  ["repo, admin:org", []],
  ["read:org", ["repo"]],
  ["public_repo,read:org", ["repo"]],
  ["repo", ["read:org"]],
  ["", ["repo", "read:org"]],
  [undefined, ["repo", "read:org"]],
])("an OAuth app that was granted %j lacks %j", (granted, missing) => {
  expect(missingScopes(granted, undefined)).toEqual(missing);
});

test("a GitHub App asks for no scope and lacks none", () => {
  expect(scopesFor(7)).toBe("");
  expect(missingScopes("", 7)).toEqual([]);
});
