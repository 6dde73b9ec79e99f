import { expect, test } from "vitest";
import { ForgeError } from "../../forge/forge.ts";
import { noticeOf } from "./notice-of.ts";
import { SignInAgain } from "./tokens.ts";

const env = { FORGE_NAME: "GitHub", FORGE_URL: "https://forge.example", GITHUB_CLIENT_ID: "id" };
const sso = "https://forge.example/orgs/acme/sso?authorization_request=x";

const refusals: [string, Error, string][] = [
  ["a grant that ended", new SignInAgain("bad_refresh_token"), "/sign-in?error=SignInAgain"],
  [
    "a token the forge refuses",
    new ForgeError("unauthenticated", "x", { status: 401 }),
    "/sign-in?error=SignInAgain",
  ],
  ["SAML that lapsed", new ForgeError("forbidden", "x", { status: 403, cureUrl: sso }), sso],
  [
    "a scope that is lost",
    new ForgeError("forbidden", "x", { status: 404, missingScope: "read:org" }),
    "/sign-in?error=MissingScope",
  ],
  [
    "an organisation that no longer lets Fleetwright ask",
    new ForgeError("forbidden", "x", { status: 403 }),
    "https://forge.example/settings/connections/applications/id",
  ],
];

test.each(refusals)("%s is cured by a link", (_name, error, url) => {
  expect(noticeOf(error, env)?.cure.url).toBe(url);
});

test.each([
  ["a forge in trouble", new ForgeError("unavailable", "x", { status: 502 })],
  ["a limit", new ForgeError("rate-limited", "x", { status: 403 })],
  ["a bug", new Error("x")],
])("%s is nothing the person can cure", (_name, error) => {
  expect(noticeOf(error, env)).toBeNull();
});
