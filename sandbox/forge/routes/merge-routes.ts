import { ApiError, notFound } from "../http/api-error.ts";
import type { Answer, Call, Route } from "../http/route.ts";
import { mergePull } from "../pulls/merge-pull.ts";
import { updateBranch } from "../pulls/update-branch.ts";
import { pullOf } from "./pull-routes.ts";
import { repositoryUrl } from "../shapes/repository.ts";

const methods = ["merge", "squash", "rebase"] as const;

/** Merging a pull request and bringing its branch up to date. */
export const mergeRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/pulls/:number/merge",
    access: { repository: "pull" },
    app: [["pull_requests", "read"]],
    handle: (call) => {
      if (pullOf(call).merged === null) throw notFound();
      return { status: 204 };
    },
  },
  {
    method: "PUT",
    path: "/pulls/:number/merge",
    access: { repository: "push" },
    app: [["contents", "write"]],
    handle: merge,
  },
  {
    method: "PUT",
    path: "/pulls/:number/update-branch",
    access: { repository: "push" },
    app: [["pull_requests", "write"]],
    handle: async (call) => {
      const { world } = call;
      const pull = pullOf(call);
      const expected = call.body.text("expected_head_sha");
      await world.writes.add(() => updateBranch(world, pull, call.login, expected));
      const url = `${repositoryUrl(world)}/pulls/${String(pull.number)}`;
      return { status: 202, body: { message: "Updating pull request branch.", url } };
    },
  },
];

async function merge(call: Call): Promise<Answer> {
  const { world, body } = call;
  const pull = pullOf(call);
  const wanted = body.text("merge_method") ?? "merge";
  const method = methods.find((candidate) => candidate === wanted);
  if (method === undefined) {
    throw new ApiError(
      422,
      `Invalid request.\n\n${wanted} is not a member of ["merge", "squash", "rebase"].`,
    );
  }
  const request = {
    login: call.login,
    method,
    title: body.text("commit_title"),
    message: body.text("commit_message"),
    sha: body.text("sha"),
  };
  const sha = await world.writes.add(() => mergePull(world, pull, request));
  return { body: { sha, merged: true, message: "Pull Request successfully merged" } };
}
