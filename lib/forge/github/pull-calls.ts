import type { Forge, PullRequest } from "../forge.ts";
import { answeredOrFound } from "./answered-or-found.ts";
import { viewerOf } from "./people-calls.ts";
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
export function pullCalls(scope: GitHubScope): PullCalls {
  const { client, owner, repo } = scope;
  const here = { owner, repo };

  const findPullRequests = (head: string): Promise<PullRequest[]> =>
    calling(async () => {
      // Only `owner:branch` filters; a bare branch does not (forge-reference §3).
      const list = { ...here, head: `${owner}:${head}`, state: "all", per_page: 30 } as const;
      const { data } = await client.pulls.list(list);
      return data.map(pullRequestOf).filter((pull) => pull.headRef === head);
    });

  return {
    findPullRequests,
    createPullRequest: (input) =>
      answeredOrFound(
        () =>
          calling(async () =>
            pullRequestOf(
              (await client.pulls.create({ ...here, ...input, maintainer_can_modify: true })).data,
            ),
          ),
        async () =>
          (await findPullRequests(input.head)).find(
            ({ state, baseRef }) => state === "open" && baseRef === input.base,
          ) ?? null,
      ),
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
    comment: async (number, body) => {
      const issue = { ...here, issue_number: number };
      await answeredOrFound(
        () => calling(async () => (await client.issues.createComment({ ...issue, body })).data.id),
        () => ownComment(scope, number, body),
      );
    },
    label: (number, labels) =>
      calling(async () => {
        await client.issues.addLabels({ ...here, issue_number: number, labels });
      }),
  };
}

const recentMs = 600_000;

/** The caller's own comment with this very text, if he made one in the last minutes. */
function ownComment(scope: GitHubScope, number: number, body: string): Promise<number | null> {
  const { client, owner, repo } = scope;
  return calling(async () => {
    const { login } = await viewerOf(scope);
    const since = new Date(Date.now() - recentMs).toISOString();
    const recent = { owner, repo, issue_number: number, since, per_page: 100 };
    const { data } = await client.issues.listComments(recent);
    return data.find((comment) => comment.user?.login === login && comment.body === body)?.id ?? null;
  });
}
