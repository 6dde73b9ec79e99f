import type { Forge } from "../forge.ts";
import { autoMergeCalls } from "./auto-merge-calls.ts";
import { checkCalls } from "./check-calls.ts";
import { commitCalls } from "./commit-calls.ts";
import { peopleCalls } from "./people-calls.ts";
import { pullCalls } from "./pull-calls.ts";
import { repositoryCalls } from "./repository-calls.ts";
import { reviewCalls } from "./review-calls.ts";
import type { GitHubScope } from "./scope.ts";

/** A {@link Forge} on GitHub's REST API, made of one group of calls per area. */
export function githubForge(scope: GitHubScope): Forge {
  return {
    fullName: `${scope.owner}/${scope.repo}`,
    appId: scope.appId,
    ...peopleCalls(scope),
    ...repositoryCalls(scope),
    ...commitCalls(scope),
    ...pullCalls(scope),
    ...reviewCalls(scope),
    ...autoMergeCalls(scope),
    ...checkCalls(scope),
  };
}
