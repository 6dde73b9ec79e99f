import type { Route } from "../http/route.ts";

/** What the forge says about itself. */
export const metaRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/meta",
    access: "public",
    handle: () => ({ body: { verifiable_password_authentication: false, installed_version: "3.19.0" } }),
  },
  {
    method: "GET",
    path: "/rate_limit",
    access: "public",
    handle: () => {
      const core = { limit: 15_000, remaining: 15_000, used: 0, reset: Math.ceil(Date.now() / 1000) + 3600 };
      return { body: { resources: { core, search: { ...core, limit: 30, remaining: 30 } }, rate: core } };
    },
  },
];
