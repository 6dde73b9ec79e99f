import { runGit } from "./run-git.ts";

export interface Ref {
  /** Full name, `refs/heads/main`. */
  name: string;
  sha: string;
  type: string;
}

/** Forty zeros: how git writes "no such object" in a ref update. */
export const nullSha = "0".repeat(40);

/** All refs below a prefix (`refs/heads/`, `refs/heads/fleet-`), sorted by name. */
export async function listRefs(gitDir: string, prefix: string): Promise<Ref[]> {
  const format = "--format=%(refname) %(objectname) %(objecttype)";
  const { stdout } = await runGit(gitDir, ["for-each-ref", format, "refs/heads", "refs/tags", "refs/pull"]);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [name = "", sha = "", type = ""] = line.split(" ");
      return { name, sha, type };
    })
    .filter((ref) => ref.name.startsWith(prefix));
}

/** Numbers of the pull requests whose `refs/pull/N/head` is reachable from a commit, found in one walk. */
export async function pullsWithin(gitDir: string, commit: string): Promise<Set<number>> {
  return pullNumbers(gitDir, `--merged=${commit}`);
}

/** Numbers of the pull requests whose head contains a commit. */
export async function pullsContaining(gitDir: string, commit: string): Promise<Set<number>> {
  return pullNumbers(gitDir, `--contains=${commit}`);
}

async function pullNumbers(gitDir: string, condition: string): Promise<Set<number>> {
  const args = ["for-each-ref", condition, "--format=%(refname)", "refs/pull/*/head"];
  const { stdout } = await runGit(gitDir, args);
  return new Set(Array.from(stdout.matchAll(/refs\/pull\/(\d+)\/head/g), (match) => Number(match[1])));
}

/** The object a full ref name points at, or null. */
export async function readRef(gitDir: string, name: string): Promise<string | null> {
  const { code, stdout } = await runGit(
    gitDir,
    ["rev-parse", "--verify", "--quiet", "--end-of-options", name],
    {
      accept: [1, 128],
    },
  );
  return code === 0 ? stdout.trim() : null;
}

/**
 * Moves a ref if it still is where the caller saw it (`nullSha` = must not exist, or, as `after`, delete).
 * @returns false when it moved meanwhile, or when the name clashes with another ref.
 */
export async function updateRef(
  gitDir: string,
  name: string,
  after: string,
  before: string,
): Promise<boolean> {
  const args = after === nullSha ? ["-d", name, before] : [name, after, before];
  const { code } = await runGit(gitDir, ["update-ref", ...args], { accept: [1, 128] });
  return code === 0;
}

/** Sets a ref of the forge's own (`refs/pull/…`), wherever it was. */
export async function forceRef(gitDir: string, name: string, sha: string): Promise<void> {
  await runGit(gitDir, ["update-ref", name, sha]);
}

/** Whether git accepts this as a full ref name. */
export async function isValidRefName(gitDir: string, name: string): Promise<boolean> {
  const { code } = await runGit(gitDir, ["check-ref-format", name], { accept: [1, 128, 129] });
  return code === 0;
}
