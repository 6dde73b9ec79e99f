import { existsSync, mkdirSync } from "node:fs";
import { execaSync } from "execa";
import { fetcher, type Credentials } from "./fetcher.ts";
import { historyReads } from "./history-reads.ts";
import { looseRef } from "./loose-ref.ts";
import { mergeReads } from "./merge-reads.ts";
import type { Mirror } from "./mirror.ts";
import { runGit, type Git } from "./run-git.ts";
import { treeReads } from "./tree-reads.ts";

export interface MirrorOptions {
  /** Directory of the bare repository; made when absent. */
  dir: string;
  /** Without credentials in it. */
  url: string;
  /** Asked before every fetch; they reach git in the environment, never in argv or a file. */
  credentials: () => Promise<Credentials | null>;
  defaultBranch?: string;
  binary?: string;
}

/** Opens the mirror, making an empty one where there is none; it holds nothing until the first `fetch`. */
export function openMirror(options: MirrorOptions): Mirror {
  const { dir, url, credentials, defaultBranch = "main", binary = "git" } = options;
  const git: Git = (args, more = {}) => runGit(args, { cwd: dir, binary, ...more });
  if (!existsSync(`${dir}/HEAD`)) {
    mkdirSync(dir, { recursive: true });
    execaSync(binary, ["init", "--bare", "--quiet", `--initial-branch=${defaultBranch}`, dir]);
  }
  const branch = async (name: string): Promise<string | null> => {
    const loose = await looseRef(dir, `refs/heads/${name}`);
    if (loose !== null) return loose;
    const { stdout, exitCode } = await git(
      ["rev-parse", "--verify", "--quiet", `refs/heads/${name}^{commit}`],
      {
        accept: [1],
      },
    );
    return exitCode === 0 ? stdout.trim() : null;
  };
  const head = (): Promise<string | null> => branch(defaultBranch);
  return {
    dir,
    defaultBranch,
    branch,
    head,
    fetch: fetcher({ git, url, credentials, head }),
    ...treeReads(git),
    ...historyReads(git),
    ...mergeReads(git, { dir, binary }),
  };
}
