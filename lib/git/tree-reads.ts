import { isHash, memo } from "./memo.ts";
import type { Mirror, TreeEntry } from "./mirror.ts";
import type { Git } from "./run-git.ts";
import { runCatFile } from "./run-cat-file.ts";

type TreeReads = Pick<Mirror, "has" | "treeOf" | "readFile" | "listTree" | "readFiles">;

/** Reads of one tree. Paths are literal: no pathspec magic. What a hash names is read once. */
export function treeReads(git: Git): TreeReads {
  const blobs = blobCache(git);
  const present = new Set<string>();
  const listTree = memo(
    300,
    (sha: string, prefixes: readonly string[]) => (isHash(sha) ? [sha, ...prefixes].join("\0") : null),
    async (sha, prefixes): Promise<TreeEntry[]> => {
      const paths = prefixes.filter((prefix) => prefix !== "").map((prefix) => prefix.replace(/\/$/, ""));
      const { stdout } = await git([
        "--literal-pathspecs",
        "ls-tree",
        "-r",
        "-z",
        "--full-tree",
        sha,
        "--",
        ...paths,
      ]);
      return stdout.split("\0").flatMap(parseEntry);
    },
  );
  return {
    has: async (sha) => {
      if (present.has(sha)) return true;
      const { exitCode } = await git(["cat-file", "-e", `${sha}^{commit}`], { accept: [1, 128] });
      if (exitCode === 0 && isHash(sha)) present.add(sha);
      return exitCode === 0;
    },
    treeOf: async (sha) => (await git(["rev-parse", "--verify", `${sha}^{tree}`])).stdout.trim(),
    listTree: (sha, prefix) => listTree(sha, [prefix]),
    readFile: async (sha, path) => {
      const entry = (await listTree(sha, [path])).find((candidate) => candidate.path === path);
      return entry?.type === "blob" ? ((await blobs([entry.sha])).get(entry.sha) ?? null) : null;
    },
    readFiles: async (sha, prefixes) => {
      const entries = await listTree(sha, typeof prefixes === "string" ? [prefixes] : prefixes);
      // Links are not followed: a link's content is a path.
      const files = entries.filter((entry) => entry.type === "blob" && entry.mode !== "120000");
      const contents = await blobs(files.map((entry) => entry.sha));
      return new Map(files.map((entry) => [entry.path, contents.get(entry.sha) ?? ""]));
    },
  };
}

/** Characters of blobs kept in memory. */
const mostCharacters = 32 * 1024 * 1024;

/** Contents of blobs, from memory or by one `git cat-file --batch` for all that are missing. */
function blobCache(git: Git): (shas: readonly string[]) => Promise<Map<string, string>> {
  const kept = new Map<string, string>();
  let characters = 0;
  return async (shas) => {
    const missing = new Set(shas.filter((sha) => !kept.has(sha)));
    const read = await runCatFile(git, missing);
    const found = new Map(shas.map((sha) => [sha, read.get(sha) ?? kept.get(sha) ?? ""]));
    for (const [sha, text] of read) {
      if (!kept.has(sha)) characters += text.length;
      kept.set(sha, text);
    }
    if (characters > mostCharacters) {
      kept.clear();
      characters = 0;
    }
    return found;
  };
}

function parseEntry(line: string): TreeEntry[] {
  const match = /^(\d+) (blob|tree|commit) ([0-9a-f]+)\t(.+)$/s.exec(line);
  if (!match) return [];
  const [, mode = "", type = "", sha = "", path = ""] = match;
  return type === "blob" || type === "tree" || type === "commit" ? [{ mode, type, sha, path }] : [];
}
