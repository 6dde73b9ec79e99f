import { GraphQLError } from "graphql";
import { ApiError } from "../http/api-error.ts";
import { appMay, roleAtLeast } from "../http/caller.ts";
import type { Caller } from "../http/caller.ts";
import { armAutoMerge, disarmAutoMerge } from "../pulls/auto-merge.ts";
import { nodeId } from "../shapes/user.ts";
import { fullName, roleOf } from "../state/people.ts";
import type { Pull } from "../state/state.ts";
import type { World } from "../world.ts";

type Signed = Extract<Caller, { login: string }>;

interface EnableInput {
  pullRequestId: string;
  mergeMethod: "MERGE" | "SQUASH" | "REBASE";
  commitHeadline?: string | null;
  commitBody?: string | null;
  expectedHeadOid?: string | null;
  clientMutationId?: string | null;
}

const methods = { MERGE: "merge", SQUASH: "squash", REBASE: "rebase" } as const;

/** GitHub's own kinds of refusal: `type` beside the message, HTTP 200 around them. */
export class TypedError extends GraphQLError {
  readonly kind: string;

  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** What the root of the schema answers, for one caller. */
export function rootFor(world: World, caller: Signed) {
  const { state } = world.store;
  return {
    viewer: { login: caller.login },
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const isNamed = `${owner}/${name}`.toLowerCase() === fullName(state).toLowerCase();
      if (!isNamed || !mayRead(world, caller))
        throw new TypedError(
          "NOT_FOUND",
          `Could not resolve to a Repository with the name '${owner}/${name}'.`,
        );
      return {
        id: nodeId("R", state.repository.id),
        nameWithOwner: fullName(state),
        pullRequest: ({ number }: { number: number }) => {
          const pull = state.pulls.find((one) => one.number === number);
          if (!pull)
            throw new TypedError(
              "NOT_FOUND",
              `Could not resolve to a PullRequest with the number of ${String(number)}.`,
            );
          return pullOf(world, pull, caller.login);
        },
      };
    },
    enablePullRequestAutoMerge: ({ input }: { input: EnableInput }) =>
      mutate(world, caller, "EnablePullRequestAutoMerge", input, async (pull) => {
        const { expectedHeadOid: expected } = input;
        if (expected != null && expected !== pull.head.sha)
          throw new ApiError(422, "Head branch was modified. Review and try the merge again.");
        await armAutoMerge(world, pull, {
          login: caller.login,
          method: methods[input.mergeMethod],
          title: input.commitHeadline ?? undefined,
          message: input.commitBody ?? undefined,
        });
      }),
    disablePullRequestAutoMerge: ({ input }: { input: Pick<EnableInput, "pullRequestId"> }) =>
      mutate(world, caller, "DisablePullRequestAutoMerge", input, (pull) =>
        disarmAutoMerge(world, pull, caller.login),
      ),
  };
}

function mayRead(world: World, caller: Signed): boolean {
  return caller.kind === "installation" || roleAtLeast(roleOf(world.store.state, caller.login), "pull");
}

async function mutate(
  world: World,
  caller: Signed,
  name: string,
  input: { pullRequestId: string; clientMutationId?: string | null },
  work: (pull: Pull) => Promise<void>,
) {
  const { state } = world.store;
  const pull = state.pulls.find((one) => nodeId("PR", one.id) === input.pullRequestId);
  if (!pull || !mayRead(world, caller))
    throw new TypedError(
      "NOT_FOUND",
      `Could not resolve to a node with the global id of '${input.pullRequestId}'`,
    );
  if (caller.app !== null && !appMay(caller.app, [["contents", "write"]]))
    throw new TypedError("FORBIDDEN", "Resource not accessible by integration");
  if (caller.kind === "person" && !roleAtLeast(roleOf(state, caller.login), "push"))
    throw new TypedError(
      "FORBIDDEN",
      `${caller.login} does not have the correct permissions to execute \`${name}\``,
    );
  try {
    await world.writes.add(() => work(pull));
  } catch (error) {
    throw error instanceof ApiError ? new TypedError("UNPROCESSABLE", error.message) : error;
  }
  return {
    actor: { login: caller.login },
    clientMutationId: input.clientMutationId ?? null,
    pullRequest: pullOf(world, pull, caller.login),
  };
}

function pullOf(world: World, pull: Pull, caller: string) {
  const verdict = () => world.mergeability.of(world, pull, caller);
  const { autoMerge } = pull;
  return {
    id: nodeId("PR", pull.id),
    number: pull.number,
    headRefOid: pull.head.sha,
    isDraft: pull.draft,
    mergeable: async () => {
      const { mergeable } = await verdict();
      return mergeable === null ? "UNKNOWN" : mergeable ? "MERGEABLE" : "CONFLICTING";
    },
    mergeStateStatus: async () => (await verdict()).state.toUpperCase(),
    autoMergeRequest: autoMerge && {
      enabledBy: { login: autoMerge.login },
      mergeMethod: autoMerge.method.toUpperCase(),
      commitHeadline: autoMerge.title ?? null,
      commitBody: autoMerge.message ?? null,
    },
  };
}
