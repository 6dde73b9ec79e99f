import { randomBytes } from "node:crypto";
import type { World } from "../world.ts";
import type { OauthCodes } from "./oauth-codes.ts";

type Fields = Record<string, string | undefined>;

const lifetimeSeconds = 28_800;
/** How long a refresh token lives, about six months. */
export const refreshLifetimeSeconds = 15_897_600;
const livePerPerson = 10;

const troubleshooting =
  "https://docs.github.com/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors";

/** A code or a refresh token for a pair of tokens; or an error, which GitHub sends with status 200. */
export function exchange(world: World, codes: OauthCodes, fields: Fields): Record<string, string | number> {
  const { app } = world.store.state;
  if (fields.client_id !== app.clientId || fields.client_secret !== app.clientSecret) {
    return failure(
      "incorrect_client_credentials",
      "The client_id and/or client_secret passed are incorrect.",
    );
  }
  if (fields.grant_type === "refresh_token") return refresh(world, fields.refresh_token ?? "");
  const grant = codes.redeem(fields.code ?? "", fields.redirect_uri, fields.code_verifier);
  if (grant === null) return failure("bad_verification_code", "The code passed is incorrect or expired.");
  return issue(world, grant.login);
}

/** Both old tokens die with the exchange. */
function refresh(world: World, refreshToken: string): Record<string, string | number> {
  const { state } = world.store;
  const old = state.userTokens.find(
    (one) => one.refreshToken === refreshToken && one.refreshExpiresAt > Date.now(),
  );
  if (old === undefined) {
    return failure("bad_refresh_token", "The refresh token passed is incorrect or expired.");
  }
  state.userTokens = state.userTokens.filter((one) => one !== old);
  return issue(world, old.login);
}

function issue(world: World, login: string): Record<string, string | number> {
  const { state } = world.store;
  const random = (bytes: number) => randomBytes(bytes).toString("base64url").replaceAll(/[-_]/g, "x");
  const pair = {
    login,
    token: `ghu_${random(27)}`,
    expiresAt: Date.now() + lifetimeSeconds * 1000,
    refreshToken: `ghr_${random(57)}`,
    refreshExpiresAt: Date.now() + refreshLifetimeSeconds * 1000,
  };
  const live = state.userTokens.filter((one) => one.refreshExpiresAt > Date.now());
  const own = live.filter((one) => one.login === login);
  const revoked = new Set(own.slice(0, Math.max(0, own.length - livePerPerson + 1)));
  state.userTokens = [...live.filter((one) => !revoked.has(one)), pair];
  world.store.save();
  return {
    access_token: pair.token,
    expires_in: lifetimeSeconds,
    refresh_token: pair.refreshToken,
    refresh_token_expires_in: refreshLifetimeSeconds,
    scope: "",
    token_type: "bearer",
  };
}

function failure(error: string, description: string): Record<string, string> {
  return {
    error,
    error_description: description,
    error_uri: `${troubleshooting}/#${error.replaceAll("_", "-")}`,
  };
}
