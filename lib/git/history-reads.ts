import { isHash, memo } from "./memo.ts";
import type { Mirror, MirrorCommit } from "./mirror.ts";
import type { Git } from "./run-git.ts";
import { logFormat, parseLog } from "./parse-log.ts";

type HistoryReads = Pick<
  Mirror,
  "firstParentLog" | "pathsOf" | "changedPaths" | "isAncestor" | "lastCommitPerPath"
>;

/** A merge commit is compared with its first parent: what it brought to the branch. */
const log = ["log", "-z", "--name-only", "--no-renames", "--first-parent", "-m", `--format=${logFormat}`];

/** Reads of the history. */
export function historyReads(git: Git): HistoryReads {
  const isAncestor = async (ancestor: string, of: string): Promise<boolean> =>
    (await git(["merge-base", "--is-ancestor", ancestor, of], { accept: [1, 128] })).exitCode === 0;

  return {
    isAncestor,
    firstParentLog: async (head, since) => {
      if (since && !(await isAncestor(since, head))) return [];
      const range = since ? `${since}..${head}` : head;
      return parseLog((await git([...log, "--reverse", range])).stdout);
    },
    pathsOf: async (commit) => parseLog((await git([...log, "-1", commit])).stdout)[0]?.paths ?? [],
    changedPaths: memo(
      500,
      (from: string, to: string) => (isHash(from, to) ? `${from} ${to}` : null),
      async (from, to) => {
        const { stdout } = await git(["diff", "--name-only", "--no-renames", "-z", from, to]);
        return stdout.split("\0").filter((path) => path !== "");
      },
    ),
    lastCommitPerPath: async (sha, prefix) => {
      const commits = parseLog((await git(["--literal-pathspecs", ...log, sha, "--", prefix])).stdout);
      const last = new Map<string, MirrorCommit>();
      for (const commit of commits) {
        for (const path of commit.paths) if (!last.has(path)) last.set(path, commit);
      }
      return last;
    },
  };
}
