import { createHash, randomUUID } from "node:crypto";
import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { runGit, runGitBinary } from "./run-git.ts";

const deflated = promisify(deflate);

export interface TreeEntry {
  mode: string;
  type: string;
  sha: string;
  size: number | null;
  path: string;
}

export interface TreeChange {
  mode: string;
  path: string;
  /** null removes the path. */
  sha: string | null;
}

/** The commit a branch, tag, full ref or SHA stands for, or null. */
export async function resolveCommit(gitDir: string, ref: string): Promise<string | null> {
  return revParse(gitDir, `${ref}^{commit}`);
}

/** The tree a tree SHA, commit or branch stands for, or null. */
export async function resolveTree(gitDir: string, ref: string): Promise<string | null> {
  return revParse(gitDir, `${ref}^{tree}`);
}

/** The kind of an object (`blob`, `tree`, `commit`, `tag`), or null when it is not here. */
export async function objectType(gitDir: string, sha: string): Promise<string | null> {
  if (!/^[0-9a-f]{40}$/.test(sha)) return null;
  return answered(gitDir, ["cat-file", "-t", sha], true);
}

/** A blob's bytes. */
export async function readBlob(gitDir: string, sha: string): Promise<Buffer> {
  return runGitBinary(gitDir, ["cat-file", "blob", sha]);
}

/**
 * Stores a blob and returns its SHA. Written as the loose object that `git hash-object -w` makes (gitformat-loose), for
 * a pull request of 500 files would start 500 of that.
 */
export async function writeBlob(gitDir: string, content: Buffer): Promise<string> {
  const object = Buffer.concat([Buffer.from(`blob ${String(content.length)}\0`), content]);
  const sha = createHash("sha1").update(object).digest("hex");
  const path = join(gitDir, "objects", sha.slice(0, 2), sha.slice(2));
  if (await exists(path)) return sha;
  await mkdir(dirname(path), { recursive: true });
  // Whoever reads meanwhile finds all of it or nothing.
  const unfinished = join(dirname(path), `tmp_obj_${randomUUID()}`);
  await writeFile(unfinished, await deflated(object), { mode: 0o444 });
  await rename(unfinished, path);
  return sha;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Entries of a tree; with `recursive` all below it, trees included, as GitHub lists them. */
export async function listTree(
  gitDir: string,
  tree: string,
  options: { recursive?: boolean; paths?: readonly string[] } = {},
): Promise<TreeEntry[]> {
  const flags = options.recursive === true ? ["-r", "-t"] : [];
  const paths = options.paths === undefined ? [] : ["--", ...options.paths];
  const { stdout } = await runGit(gitDir, ["ls-tree", "-z", "-l", "--full-tree", ...flags, tree, ...paths]);
  return stdout
    .split("\0")
    .filter((line) => line !== "")
    .map(parseTreeLine);
}

function parseTreeLine(line: string): TreeEntry {
  const tab = line.indexOf("\t");
  const [mode = "", type = "", sha = "", size = "-"] = line.slice(0, tab).split(/ +/);
  return { mode, type, sha, size: size === "-" ? null : Number(size), path: line.slice(tab + 1) };
}

/** A new tree: `base` with the changes applied (without `base`, the changes alone), built in an index of its own. */
export async function writeTree(
  gitDir: string,
  base: string | null,
  changes: readonly TreeChange[],
): Promise<string> {
  const index = join(gitDir, `index-${randomUUID()}`);
  const env = { GIT_INDEX_FILE: index };
  try {
    await runGit(gitDir, base === null ? ["read-tree", "--empty"] : ["read-tree", base], { env });
    for (const change of changes) {
      if (change.mode === "040000" && change.sha !== null) {
        await runGit(gitDir, ["read-tree", `--prefix=${change.path}/`, change.sha], { env });
      }
    }
    const lines = changes
      .filter((change) => change.mode !== "040000")
      .map(
        (change) =>
          `${change.sha === null ? "0" : change.mode} ${change.sha ?? "0".repeat(40)}\t${change.path}\0`,
      );
    await runGit(gitDir, ["update-index", "-z", "--index-info"], { env, input: lines.join("") });
    return (await runGit(gitDir, ["write-tree"], { env })).stdout.trim();
  } finally {
    await rm(index, { force: true });
  }
}

/** By hash or by name: only a hash stands for the same for ever. */
async function revParse(gitDir: string, expression: string): Promise<string | null> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", expression];
  return answered(gitDir, args, /^[0-9a-f]{40}\^/.test(expression));
}

const keptAnswers = 5000;
const answers = new Map<string, string>();

/** Git's one word, or null for none. Objects stay (there is no gc) and never change: a yes about one is kept. */
async function answered(gitDir: string, args: string[], lasting: boolean): Promise<string | null> {
  const key = [gitDir, ...args].join("\0");
  const known = lasting ? answers.get(key) : undefined;
  if (known !== undefined) return known;
  const { code, stdout } = await runGit(gitDir, args, { accept: [1, 128] });
  if (code !== 0) return null;
  if (answers.size >= keptAnswers) answers.clear();
  if (lasting) answers.set(key, stdout.trim());
  return stdout.trim();
}
