import { expect, test } from "vitest";
import { ForgeError } from "../forge/forge.ts";
import { forgeFailure } from "./forge-failure.ts";

const webUrl = "https://forge.example/acme/fleet";
const refused = (
  more: { cureUrl?: string; missingScope?: string },
  code: "forbidden" | "unauthenticated" = "forbidden",
) => forgeFailure(new ForgeError(code, "The forge refuses this.", { status: 403, ...more }), webUrl);

test.each([
  [
    "a lost scope, by the sign-in that grants it",
    refused({ missingScope: "repo" }),
    "/sign-in?error=MissingScope",
  ],
  ["an ended sign-in, by another", refused({}, "unauthenticated"), "/sign-in?error=SignInAgain"],
  [
    "SAML, on the forge",
    refused({ cureUrl: "https://forge.example/orgs/acme/sso" }),
    "https://forge.example/orgs/acme/sso",
  ],
  [
    "nothing, where the forge names a foreign page",
    refused({ cureUrl: "https://evil.example/sso" }),
    undefined,
  ],
  ["nothing, where the forge names a script", refused({ cureUrl: "javascript:alert(1)" }), undefined],
  ["nothing, where a right lacks", refused({}), undefined],
])("a refusal is cured: %s", (_what, failure, url) => {
  expect(failure.cureUrl).toBe(url);
});

test.each([
  ["unavailable", 503, true],
  ["unavailable", 0, true],
  ["unavailable", 200, true],
  ["unavailable", 401, false],
  ["conflict", 409, false],
] as const)("%s (%i): that nothing is done twice is said where trying again helps", (code, status, says) => {
  const { message } = forgeFailure(new ForgeError(code, "The forge is in trouble.", { status }), webUrl);
  expect(message).toBe(
    `The forge is in trouble.${says ? " Nothing is done twice: try again in a moment." : ""}`,
  );
});
