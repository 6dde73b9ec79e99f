import { enterpriseVersion } from "../http/versions.ts";
import type { Route } from "../http/route.ts";

/** What the forge says about itself. */
export const metaRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/meta",
    access: "public",
    handle: () => ({
      body: { verifiable_password_authentication: false, installed_version: enterpriseVersion },
    }),
  },
  {
    method: "GET",
    path: "/rate_limit",
    access: "public",
    handle: (call) => {
      const core = call.world.limits.shape(call.login);
      return { body: { resources: { core, search: { ...core, limit: 30, remaining: 30 } }, rate: core } };
    },
  },
];
