import { ForgeError, type Forge } from "../forge.ts";
import { answeredOrFound } from "./answered-or-found.ts";
import { calling, finding, type GitHubScope } from "./scope.ts";
import { commitOf } from "./translate.ts";
import { writeTree } from "./write-tree.ts";

type CommitCalls = Pick<Forge, "findCommit" | "createCommit" | "createBranch">;

/** One commit with many files by the Git data API (forge-reference §5). */
export function commitCalls(scope: GitHubScope): CommitCalls {
  const { client, owner, repo } = scope;
  const here = { owner, repo };

  const makeBranch = async (name: string, sha: string): Promise<boolean> => {
    try {
      await calling(() => client.git.createRef({ ...here, ref: `refs/heads/${name}`, sha }));
      return true;
    } catch (error) {
      if (error instanceof ForgeError && error.status === 422 && error.says("already exists")) return false;
      throw error;
    }
  };

  return {
    findCommit: async (sha) => {
      const answer = await finding(() => client.git.getCommit({ ...here, commit_sha: sha }));
      return answer ? commitOf(answer.data) : null;
    },
    createCommit: ({ parent, files, message }) =>
      calling(async () => {
        const tree = await writeTree(scope, parent.tree, files);
        // Without author and committer the commit is the caller's own, and GitHub signs it for an App.
        const { data } = await client.git.createCommit({
          ...here,
          message,
          tree,
          parents: [parent.sha],
        });
        return commitOf(data);
      }),
    createBranch: (name, sha) =>
      answeredOrFound(
        () => makeBranch(name, sha),
        async () => {
          const found = await finding(() => client.git.getRef({ ...here, ref: `heads/${name}` }));
          return found === null ? null : found.data.object.sha === sha;
        },
      ),
  };
}
