import type { Forge } from "../forge.ts";
import { calling, finding, type GitHubScope } from "./scope.ts";
import { commitOf, fileChangeOf, pullRequestDetailOf, pullRequestOf } from "./translate.ts";

type PullCalls = Pick<
  Forge,
  | "createPullRequest"
  | "findPullRequests"
  | "findPullRequest"
  | "pullRequests"
  | "updatePullRequest"
  | "files"
  | "commits"
  | "comment"
  | "label"
>;

/** Pull requests: the list, one, and what belongs to it. */
export function pullCalls({ client, owner, repo }: GitHubScope): PullCalls {
  const here = { owner, repo };
  return {
    createPullRequest: (input) =>
      calling(async () =>
        pullRequestOf((await client.pulls.create({ ...here, ...input, maintainer_can_modify: true })).data),
      ),
    findPullRequests: (head) =>
      calling(async () => {
        // Only `owner:branch` filters; a bare branch does not (forge-reference §3).
        const { data } = await client.pulls.list({
          ...here,
          head: `${owner}:${head}`,
          state: "all",
          per_page: 30,
        });
        return data.map(pullRequestOf).filter((pull) => pull.headRef === head);
      }),
    findPullRequest: async (number) => {
      const answer = await finding(() => client.pulls.get({ ...here, pull_number: number }));
      return answer ? pullRequestDetailOf(answer.data) : null;
    },
    async *pullRequests() {
      const list = { ...here, state: "all", sort: "updated", direction: "desc", per_page: 50 } as const;
      const pages = client.paginate.iterator(client.pulls.list, list)[Symbol.asyncIterator]();
      for (;;) {
        const page = await calling(() => pages.next());
        if (page.done) return;
        yield page.value.data.map(pullRequestOf);
      }
    },
    updatePullRequest: (number, patch) =>
      calling(async () =>
        pullRequestOf((await client.pulls.update({ ...here, pull_number: number, ...patch })).data),
      ),
    files: (number) =>
      calling(async () => {
        const files = await client.paginate(client.pulls.listFiles, {
          ...here,
          pull_number: number,
          per_page: 100,
        });
        return files.map(fileChangeOf);
      }),
    commits: (number) =>
      calling(async () => {
        const commits = await client.paginate(client.pulls.listCommits, {
          ...here,
          pull_number: number,
          per_page: 100,
        });
        return commits.map(({ sha, commit, parents }) => commitOf({ ...commit, sha, parents } as never));
      }),
    comment: (number, body) =>
      calling(async () => {
        await client.issues.createComment({ ...here, issue_number: number, body });
      }),
    label: (number, labels) =>
      calling(async () => {
        await client.issues.addLabels({ ...here, issue_number: number, labels });
      }),
  };
}
