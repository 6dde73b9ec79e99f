import type { Notice } from "../../domain/access/actor.ts";
import { ForgeError } from "../../forge/forge.ts";
import type { Env } from "../env.ts";
import { SignInAgain } from "./tokens.ts";

/**
 * What a person can do himself about a refusal of the forge to say who he is: sign in again where the grant is gone,
 * sign on to his organisation (SAML), or look at what he granted. Null where the forge is in trouble or asks to wait.
 */
export function noticeOf(
  error: unknown,
  env: Pick<Env, "FORGE_NAME" | "FORGE_URL" | "GITHUB_CLIENT_ID">,
): Notice | null {
  const { FORGE_NAME: forge } = env;
  if (error instanceof SignInAgain || (error instanceof ForgeError && error.code === "unauthenticated")) {
    return {
      sentence: `${forge} no longer accepts your sign-in, so it does not confirm your rights.`,
      cure: { url: "/sign-in?error=SignInAgain", label: "Sign in again" },
    };
  }
  if (!(error instanceof ForgeError) || error.code !== "forbidden") return null;
  if (error.cureUrl !== null) {
    return {
      sentence: `Your organisation asks for single sign-on before ${forge} confirms your rights.`,
      cure: { url: error.cureUrl, label: `Sign on at ${forge}` },
    };
  }
  if (error.missingScope !== null) {
    return {
      sentence: `Your sign-in no longer grants Fleetwright the scope ${error.missingScope}, so ${forge} does not confirm your rights.`,
      cure: { url: "/sign-in?error=MissingScope", label: "Sign in and grant it" },
    };
  }
  return {
    sentence: `${forge} refuses to say which teams you are in: you or your organisation no longer grant it to Fleetwright.`,
    cure: {
      url: `${env.FORGE_URL}/settings/connections/applications/${env.GITHUB_CLIENT_ID}`,
      label: `See what you grant at ${forge}`,
    },
  };
}
