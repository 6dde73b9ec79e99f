import type { Route } from "../http/route.ts";
import { appRoutes } from "./app-routes.ts";
import { applicationRoutes } from "./application-routes.ts";
import { branchRoutes } from "./branch-routes.ts";
import { checkRoutes } from "./check-routes.ts";
import { commitRoutes } from "./commit-routes.ts";
import { contentRoutes } from "./content-routes.ts";
import { gitObjectRoutes } from "./git-object-routes.ts";
import { gitRefRoutes } from "./git-ref-routes.ts";
import { appHookRoutes, hookRoutes } from "./hook-routes.ts";
import { issueRoutes } from "./issue-routes.ts";
import { mergeRoutes } from "./merge-routes.ts";
import { metaRoutes } from "./meta-routes.ts";
import { organizationRoutes } from "./organization-routes.ts";
import { pullRoutes } from "./pull-routes.ts";
import { repositoryRoutes } from "./repository-routes.ts";
import { reviewRoutes } from "./review-routes.ts";
import { rulesetRoutes } from "./ruleset-routes.ts";
import { statusRoutes } from "./status-routes.ts";
import { userRoutes } from "./user-routes.ts";

/** The whole REST API. */
export const allRoutes: readonly Route[] = [
  ...metaRoutes,
  ...userRoutes,
  ...organizationRoutes,
  ...appRoutes,
  ...appHookRoutes,
  ...applicationRoutes,
  ...repositoryRoutes,
  ...branchRoutes,
  ...rulesetRoutes,
  ...gitRefRoutes,
  ...gitObjectRoutes,
  ...contentRoutes,
  ...commitRoutes,
  ...pullRoutes,
  ...mergeRoutes,
  ...reviewRoutes,
  ...issueRoutes,
  ...checkRoutes,
  ...statusRoutes,
  ...hookRoutes,
];
