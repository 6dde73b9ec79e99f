import type { Forge, ReviewEvent } from "../forge.ts";
import { readMergeRefusal } from "../merge-refusal.ts";
import { ForgeError } from "../forge.ts";
import { calling, type GitHubScope } from "./scope.ts";
import { reviewOf } from "./translate.ts";

type ReviewCalls = Pick<Forge, "reviews" | "review" | "merge">;

const events = {
  approve: "APPROVE",
  "request-changes": "REQUEST_CHANGES",
  comment: "COMMENT",
} as const satisfies Record<ReviewEvent, string>;

/** What people decide: reviews and the merge. Never sent twice (`retries: 0`): a refusal is an answer. */
export function reviewCalls({ client, owner, repo }: GitHubScope): ReviewCalls {
  const here = { owner, repo };
  const once = { request: { retries: 0 } };
  return {
    reviews: (number) =>
      calling(async () => {
        const reviews = await client.paginate(client.pulls.listReviews, {
          ...here,
          pull_number: number,
          per_page: 100,
        });
        return reviews.map(reviewOf);
      }),
    review: (number, { event, body, headSha }) =>
      calling(async () => {
        const input = { ...here, pull_number: number, event: events[event], body, commit_id: headSha };
        return reviewOf((await client.pulls.createReview({ ...input, ...once })).data);
      }),
    merge: async (number, { headSha, method, title, message }) => {
      const text = { commit_title: title, commit_message: message };
      try {
        const { data } = await calling(() =>
          client.pulls.merge({
            ...here,
            pull_number: number,
            sha: headSha,
            merge_method: method,
            ...text,
            ...once,
          }),
        );
        return { merged: true, sha: data.sha };
      } catch (error) {
        if (!(error instanceof ForgeError)) throw error;
        const refusal = readMergeRefusal(error.status, error.details.join("\n\n"));
        if (refusal === null) throw error;
        return { merged: false, refusal };
      }
    },
  };
}
