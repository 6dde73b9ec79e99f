import { expect, test } from "vitest";
import { missingScope } from "./missing-scope.ts";

const repository = "https://forge.example/api/v3/repos/acme/fleet/pulls";
const teams = "https://forge.example/api/v3/user/teams";
const accepted = "admin:org, read:org, repo, user, write:org";

test.each<[string, number, Record<string, string>, string, string | null]>([
  ["no scope of those accepted", 404, { has: "gist", accepted: "repo" }, repository, "repo"],
  ["none at all", 404, { has: "", accepted: "repo" }, repository, "repo"],
  ["the first of ours that is accepted", 403, { has: "gist", accepted }, teams, "repo"],
  ["the one that reads teams", 403, { has: "repo", accepted: "admin:org, read:org" }, teams, "read:org"],
  ["a private repository's, where none is named", 404, { has: "read:org", accepted: "" }, repository, "repo"],
  ["a scope we never asked for", 403, { has: "repo", accepted: "gist" }, teams, "gist"],
  ["nothing: a wider one holds it", 404, { has: "admin:org", accepted: "read:org" }, teams, null],
  ["nothing: the thing is not there", 404, { has: "repo, read:org", accepted: "repo" }, repository, null],
  ["nothing: no scope would help", 403, { has: "gist", accepted: "" }, teams, null],
  ["nothing: it is no matter of rights", 422, { has: "gist", accepted: "repo" }, repository, null],
  ["nothing: the token has permissions", 404, { has: "", permissions: "contents=read" }, repository, null],
  ["nothing: the token says no scopes", 404, { accepted: "repo" }, repository, null],
])("a refused token lacks %s", (_what, status, { has, accepted: named, permissions }, url, scope) => {
  const headers = new Headers();
  if (has !== undefined) headers.set("x-oauth-scopes", has);
  if (named !== undefined) headers.set("x-accepted-oauth-scopes", named);
  if (permissions !== undefined) headers.set("x-accepted-github-permissions", permissions);
  expect(missingScope(status, headers, url)).toBe(scope);
});
