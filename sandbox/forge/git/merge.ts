import type { CommitObject, Signature } from "./commits.ts";
import { listCommits, writeCommit } from "./commits.ts";
import { runGit } from "./run-git.ts";

/** The tree of a three-way merge of two commits, or null when it conflicts. */
export async function mergeTree(gitDir: string, ours: string, theirs: string): Promise<string | null> {
  const args = ["merge-tree", "--write-tree", "--allow-unrelated-histories", "--no-messages", ours, theirs];
  const { code, stdout } = await runGit(gitDir, args, { accept: [1] });
  return code === 0 ? (stdout.split("\n")[0] ?? null) : null;
}

/**
 * Replays the commits of `base..head` onto `base`, one by one.
 * @returns The new tip, or null when a commit conflicts or is a merge.
 */
export async function rebase(
  gitDir: string,
  base: string,
  head: string,
  committer: Signature,
): Promise<string | null> {
  const commits = await listCommits(gitDir, [`${base}..${head}`], { reverse: true });
  let tip = base;
  for (const commit of commits) {
    const tree = await cherryPick(gitDir, tip, commit);
    if (tree === null) return null;
    tip = await writeCommit(gitDir, { ...commit, tree, parents: [tip], committer });
  }
  return tip;
}

/**
 * `merge-tree` takes its base from history. A throw-away commit with the tip's tree and the picked commit's parent
 * makes that parent the base, which is what a cherry-pick is.
 */
async function cherryPick(gitDir: string, tip: string, commit: CommitObject): Promise<string | null> {
  const [parent, ...others] = commit.parents;
  if (parent === undefined || others.length > 0) return null;
  const { author, committer } = commit;
  const standIn = await writeCommit(gitDir, {
    tree: `${tip}^{tree}`,
    parents: [parent],
    author,
    committer,
    message: "stand-in",
  });
  return mergeTree(gitDir, standIn, commit.sha);
}
