import { expect, test } from "vitest";
import { membershipNews } from "./membership-news.ts";

const lena = { login: "lena.k" };

test.each([
  ["membership", { action: "removed", member: lena, team: {} }, { kind: "rights", login: "lena.k" }],
  ["member", { action: "added", member: lena }, { kind: "rights", login: "lena.k" }],
  [
    "organization",
    { action: "member_removed", membership: { user: lena } },
    { kind: "rights", login: "lena.k" },
  ],
  ["organization", { action: "renamed" }, { kind: "rights", login: null }],
  ["team", { action: "deleted", team: {} }, { kind: "rights", login: null }],
  ["github_app_authorization", { action: "revoked", sender: lena }, { kind: "revoked", login: "lena.k" }],
  ["github_app_authorization", { action: "other", sender: lena }, null],
  ["pull_request", { action: "opened", sender: lena }, null],
  ["push", {}, null],
  [null, {}, null],
  ["membership", "nonsense", null],
])("%s %j means %j", (event, body, news) => {
  expect(membershipNews(event, body)).toEqual(news);
});
