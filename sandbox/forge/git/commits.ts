import { runGit } from "./run-git.ts";

export interface Signature {
  name: string;
  email: string;
  /** ISO 8601 with offset or `Z`. */
  date: string;
}

export interface CommitObject {
  sha: string;
  tree: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
}

const format = "%H%x00%T%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B%x00%x00";

/**
 * Commits, newest first, as `git log` walks them.
 * @param revisions Revision arguments (`main`, `base..head`), trusted: SHAs or names that were resolved before.
 */
export async function listCommits(
  gitDir: string,
  revisions: readonly string[],
  options: {
    max?: number;
    skip?: number;
    path?: string;
    reverse?: boolean;
    since?: string;
    until?: string;
  } = {},
): Promise<CommitObject[]> {
  const args = ["log", "--topo-order", `--format=${format}`];
  if (options.max !== undefined) args.push(`--max-count=${String(options.max)}`);
  if (options.skip !== undefined) args.push(`--skip=${String(options.skip)}`);
  if (options.since !== undefined) args.push(`--since=${options.since}`);
  if (options.until !== undefined) args.push(`--until=${options.until}`);
  if (options.reverse === true) args.push("--reverse");
  args.push(...revisions, "--");
  if (options.path !== undefined) args.push(options.path);
  const { stdout } = await runGit(gitDir, args);
  return stdout
    .split("\0\0\n")
    .filter((record) => record !== "")
    .map(parseCommit);
}

/** One commit by SHA. */
export async function readCommit(gitDir: string, sha: string): Promise<CommitObject> {
  const [commit] = await listCommits(gitDir, [sha], { max: 1 });
  if (commit === undefined) throw new Error(`no commit ${sha}`);
  return commit;
}

/** How many commits a range holds. */
export async function countCommits(gitDir: string, range: string): Promise<number> {
  return Number((await runGit(gitDir, ["rev-list", "--count", range])).stdout);
}

/** Writes a commit object and returns its SHA; no ref moves. */
export async function writeCommit(gitDir: string, commit: Omit<CommitObject, "sha">): Promise<string> {
  const { author, committer } = commit;
  const { stdout } = await runGit(
    gitDir,
    ["commit-tree", commit.tree, ...commit.parents.flatMap((parent) => ["-p", parent])],
    {
      input: commit.message,
      env: {
        GIT_AUTHOR_NAME: author.name,
        GIT_AUTHOR_EMAIL: author.email,
        GIT_AUTHOR_DATE: author.date,
        GIT_COMMITTER_NAME: committer.name,
        GIT_COMMITTER_EMAIL: committer.email,
        GIT_COMMITTER_DATE: committer.date,
      },
    },
  );
  return stdout.trim();
}

/** Whether `ancestor` is reachable from `descendant` (a commit is its own ancestor). */
export async function isAncestor(gitDir: string, ancestor: string, descendant: string): Promise<boolean> {
  const args = ["merge-base", "--is-ancestor", ancestor, descendant];
  return (await runGit(gitDir, args, { accept: [1] })).code === 0;
}

/** The best common ancestor, or null for unrelated histories. */
export async function mergeBase(gitDir: string, a: string, b: string): Promise<string | null> {
  const { code, stdout } = await runGit(gitDir, ["merge-base", a, b], { accept: [1] });
  return code === 0 ? stdout.trim() : null;
}

function parseCommit(record: string): CommitObject {
  const [
    sha = "",
    tree = "",
    parents = "",
    an = "",
    ae = "",
    ad = "",
    cn = "",
    ce = "",
    cd = "",
    message = "",
  ] = record.split("\0");
  return {
    sha,
    tree,
    parents: parents === "" ? [] : parents.split(" "),
    author: { name: an, email: ae, date: utc(ad) },
    committer: { name: cn, email: ce, date: utc(cd) },
    message: message.replace(/\n$/, ""),
  };
}

function utc(date: string): string {
  return `${new Date(date).toISOString().slice(0, 19)}Z`;
}
