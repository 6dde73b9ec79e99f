import { fail, type Failure } from "../domain/result.ts";
import type { ForgeError } from "../forge/forge.ts";

/** What a person is told of a forge's refusal: its sentence, when to try again, and where he can lift it himself. */
export function forgeFailure(error: ForgeError, webUrl: string): Failure {
  return fail(error.code, error.message, {
    retryAfterSeconds: error.retryAfterSeconds ?? undefined,
    cureUrl: signInOf(error) ?? cureOf(error.cureUrl, webUrl),
  });
}

/** Where signing in anew is what helps. */
function signInOf({ code, missingScope }: ForgeError): string | null {
  if (missingScope !== null) return "/sign-in?error=MissingScope";
  return code === "unauthenticated" ? "/sign-in?error=SignInAgain" : null;
}

/** It becomes a link on a page: only the forge's own pages, or GitHub's. */
function cureOf(cureUrl: string | null, webUrl: string): string | undefined {
  if (cureUrl === null || !URL.canParse(cureUrl)) return undefined;
  const { protocol, host, href } = new URL(cureUrl);
  if (protocol !== "https:" && protocol !== "http:") return undefined;
  return host === new URL(webUrl).host || host === "github.com" ? href : undefined;
}
