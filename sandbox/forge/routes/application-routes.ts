import { notFound } from "../http/api-error.ts";
import { param } from "../http/route.ts";
import type { Call, Route } from "../http/route.ts";
import { userShape } from "../shapes/user.ts";
import type { UserToken } from "../state/state.ts";

/** Looking after user tokens with the App's client secret: is it alive, and its end. */
export const applicationRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/applications/:client/token",
    access: "client",
    handle: (call) => {
      const { app, organization } = call.world.store.state;
      const { login, token, expiresAt } = tokenOf(call);
      return {
        body: {
          id: app.id,
          url: `${call.world.api}/authorizations/${String(app.id)}`,
          app: { client_id: app.clientId, name: app.slug, url: call.world.url },
          token,
          expires_at: new Date(expiresAt).toISOString(),
          scopes: [],
          user: userShape(call.world, login),
          installation: { account: userShape(call.world, organization.login), permissions: app.permissions },
        },
      };
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
