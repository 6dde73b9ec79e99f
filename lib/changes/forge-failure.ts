import { fail, type Failure } from "../domain/result.ts";
import type { ForgeError } from "../forge/forge.ts";

/**
 * What a person is told of a forge's refusal: its sentence, when to try again, and where he can lift it himself. Where
 * the forge failed, also that another try is safe: every deed looks first whether it is done already.
 */
export function forgeFailure(error: ForgeError, webUrl: string): Failure {
  const message = isPassing(error)
    ? `${error.message} Nothing is done twice: try again in a moment.`
    : error.message;
  return fail(error.code, message, {
    retryAfterSeconds: error.retryAfterSeconds ?? undefined,
    cureUrl: signInOf(error) ?? cureOf(error.cureUrl, webUrl),
  });
}

/** Trouble of the forge's, or on the way to it, that ends by itself; refused credentials of the App do not. */
const isPassing = ({ code, status }: ForgeError): boolean => code === "unavailable" && status !== 401;

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
