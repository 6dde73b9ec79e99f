import { randomBytes } from "node:crypto";
import { ApiError, notFound } from "../http/api-error.ts";
import { appMay } from "../http/caller.ts";
import { param } from "../http/route.ts";
import type { Answer, Call, Route } from "../http/route.ts";
import { appShape, installationShape } from "../shapes/check.ts";
import { fullRepositoryShape, repositoryShape } from "../shapes/repository.ts";
import type { AppPermissions } from "../state/state.ts";

const hourMs = 3_600_000;

/** The App about itself (with its JWT), and what its tokens may reach. */
export const appRoutes: readonly Route[] = [
  { method: "GET", path: "/app", access: "app", handle: (call) => ({ body: appShape(call.world) }) },
  {
    method: "GET",
    path: "/app/installations",
    access: "app",
    handle: (call) => ({ body: [installationShape(call.world)] }),
  },
  {
    method: "GET",
    path: "/app/installations/:id",
    access: "app",
    handle: (call) => {
      checkInstallation(call);
      return { body: installationShape(call.world) };
    },
  },
  { method: "POST", path: "/app/installations/:id/access_tokens", access: "app", handle: createToken },
  {
    method: "GET",
    path: "/repos/:owner/:repo/installation",
    access: "app",
    handle: (call) => {
      const { organization, repository } = call.world.store.state;
      const named = param(call, "owner") === organization.login && param(call, "repo") === repository.name;
      if (!named) throw notFound();
      return { body: installationShape(call.world) };
    },
  },
  {
    method: "GET",
    path: "/installation/repositories",
    access: "signed-in",
    handle: (call) => ({
      body: { total_count: 1, repository_selection: "all", repositories: [repositoryShape(call.world)] },
    }),
  },
  {
    method: "GET",
    path: "/user/installations",
    access: "signed-in",
    handle: (call) => ({ body: { total_count: 1, installations: [installationShape(call.world)] } }),
  },
  {
    method: "GET",
    path: "/user/installations/:id/repositories",
    access: "signed-in",
    handle: (call) => {
      checkInstallation(call);
      return { body: { total_count: 1, repositories: [fullRepositoryShape(call.world, "pull")] } };
    },
  },
];

function checkInstallation(call: Call): void {
  if (param(call, "id") !== String(call.world.store.state.app.installationId)) throw notFound();
}

function createToken(call: Call): Answer {
  checkInstallation(call);
  const { world, body } = call;
  const { app, repository, installationTokens } = world.store.state;
  const wanted = body.strings("repositories");
  if (wanted.some((name) => name !== repository.name)) {
    throw new ApiError(
      422,
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  }
  const permissions = narrowed(app.permissions, body.raw("permissions"));
  const expiresAt = Date.now() + hourMs;
  const token = statelessToken(app.id);
  const live = installationTokens.filter((one) => one.expiresAt > Date.now());
  world.store.state.installationTokens = [...live, { token, expiresAt, permissions }];
  world.store.save();
  return {
    status: 201,
    body: {
      token,
      expires_at: `${new Date(expiresAt).toISOString().slice(0, 19)}Z`,
      permissions,
      repository_selection: wanted.length > 0 ? "selected" : "all",
      ...(wanted.length > 0 ? { repositories: [repositoryShape(world)] } : {}),
    },
  };
}

function narrowed(granted: AppPermissions, wanted: unknown): AppPermissions {
  if (typeof wanted !== "object" || wanted === null) return granted;
  const permissions: AppPermissions = {};
  for (const [name, level] of Object.entries(wanted as Record<string, unknown>)) {
    if ((level !== "read" && level !== "write") || !appMay(granted, [[name, level]])) {
      throw new ApiError(422, "The permissions requested are not granted to this installation.");
    }
    permissions[name] = level;
  }
  return permissions;
}

/** Today's form, `ghs_<app>_<jwt>`: about 520 characters with two dots; nobody may rely on its shape. */
function statelessToken(appId: number): string {
  const part = (bytes: number) => randomBytes(bytes).toString("base64url");
  return `ghs_${String(appId)}_${part(60)}.${part(220)}.${part(96)}`;
}
