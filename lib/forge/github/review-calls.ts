import { ForgeError, type Forge, type Review, type ReviewEvent, type ReviewState } from "../forge.ts";
import { readMergeRefusal } from "../merge-refusal.ts";
import { answeredOrFound } from "./answered-or-found.ts";
import { viewerOf } from "./people-calls.ts";
import { calling, type GitHubScope } from "./scope.ts";
import { reviewOf } from "./translate.ts";

type ReviewCalls = Pick<Forge, "reviews" | "review" | "merge">;
type MergeInput = Parameters<Forge["merge"]>[1];

const events = {
  approve: "APPROVE",
  "request-changes": "REQUEST_CHANGES",
  comment: "COMMENT",
} as const satisfies Record<ReviewEvent, string>;

const written = {
  approve: "approved",
  "request-changes": "changes-requested",
  comment: "commented",
} as const satisfies Record<ReviewEvent, ReviewState>;

/** What people decide: reviews and the merge. A refusal is an answer; after a lost one we look first. */
export function reviewCalls(scope: GitHubScope): ReviewCalls {
  const { client, owner, repo } = scope;
  const here = { owner, repo };

  const reviews = (number: number): Promise<Review[]> =>
    calling(async () => {
      const list = { ...here, pull_number: number, per_page: 100 };
      return (await client.paginate(client.pulls.listReviews, list)).map(reviewOf);
    });

  return {
    reviews,
    review: (number, { event, body, headSha }) =>
      answeredOrFound(
        () =>
          calling(async () => {
            const input = { ...here, pull_number: number, event: events[event], body, commit_id: headSha };
            return reviewOf((await client.pulls.createReview(input)).data);
          }),
        async () => {
          const { login } = await viewerOf(scope);
          const same = (one: Review) =>
            one.login === login &&
            one.state === written[event] &&
            one.commitSha === headSha &&
            one.body === body;
          return (await reviews(number)).findLast(same) ?? null;
        },
      ),
    merge: async (number, input) => {
      try {
        return { merged: true, sha: await answeredOrFound(() => merge(scope, number, input), merged) };
      } catch (error) {
        if (!(error instanceof ForgeError)) throw error;
        const refusal = readMergeRefusal(error.status, error.details.join("\n\n"));
        if (refusal === null) throw error;
        return { merged: false, refusal };
      }
      async function merged(): Promise<string | null> {
        const { data } = await calling(() => client.pulls.get({ ...here, pull_number: number }));
        return data.merged && data.head.sha === input.headSha ? data.merge_commit_sha : null;
      }
    },
  };
}

function merge(scope: GitHubScope, number: number, input: MergeInput): Promise<string> {
  const { client, owner, repo } = scope;
  return calling(async () => {
    const { data } = await client.pulls.merge({
      owner,
      repo,
      pull_number: number,
      sha: input.headSha,
      merge_method: input.method,
      commit_title: input.title,
      commit_message: input.message,
    });
    return data.sha;
  });
}
