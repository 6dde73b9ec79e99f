import { createHash } from "node:crypto";
import { notFound } from "../http/api-error.ts";
import { param } from "../http/route.ts";
import type { Call, Route } from "../http/route.ts";
import { userShape } from "../shapes/user.ts";
import type { Json } from "../shapes/user.ts";
import type { UserToken } from "../state/state.ts";
import { refreshLifetimeSeconds } from "../web/token-exchange.ts";
import type { World } from "../world.ts";

/** Looking after user tokens with the App's client secret: is it alive, and its end. */
export const applicationRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/applications/:client/token",
    access: "client",
    handle: (call) => {
      return { body: authorizationShape(call.world, tokenOf(call)) };
    },
  },
  {
    method: "DELETE",
    path: "/applications/:client/token",
    access: "client",
    handle: (call) => revoke(call, false),
  },
  {
    method: "DELETE",
    path: "/applications/:client/grant",
    access: "client",
    handle: (call) => revoke(call, true),
  },
];

function authorizationShape(world: World, user: UserToken): Json {
  const { app } = world.store.state;
  const { login, token, expiresAt, refreshExpiresAt } = user;
  const issuedAt = new Date(refreshExpiresAt - refreshLifetimeSeconds * 1000).toISOString();
  return {
    id: app.id,
    url: `${world.api}/authorizations/${String(app.id)}`,
    app: { client_id: app.clientId, name: app.slug, url: world.url },
    token,
    hashed_token: createHash("sha256").update(token).digest("hex"),
    token_last_eight: token.slice(-8),
    note: null,
    note_url: null,
    fingerprint: null,
    created_at: issuedAt,
    updated_at: issuedAt,
    expires_at: new Date(expiresAt).toISOString(),
    scopes: [],
    user: userShape(world, login),
  };
}

/** Ends one token, or with the grant all of that person, which the App is told. */
function revoke(call: Call, all: boolean): { status: number } {
  const { store, deliverer } = call.world;
  const found = tokenOf(call);
  store.state.userTokens = store.state.userTokens.filter((one) =>
    all ? one.login !== found.login : one !== found,
  );
  store.save();
  const sender = userShape(call.world, found.login);
  if (all) deliverer.emit("github_app_authorization", { action: "revoked", sender });
  return { status: 204 };
}

function tokenOf(call: Call): UserToken {
  const { state } = call.world.store;
  const token = call.body.string("access_token");
  const found = state.userTokens.find((one) => one.token === token && one.expiresAt > Date.now());
  if (param(call, "client") !== state.app.clientId || found === undefined) throw notFound();
  return found;
}
