import type { Mirror, TreeEntry } from "./mirror.ts";
import type { Git } from "./open-mirror.ts";
import { runCatFile } from "./run-cat-file.ts";

type TreeReads = Pick<Mirror, "has" | "treeOf" | "readFile" | "listTree" | "readFiles">;

/** Reads of one tree. Paths are literal: no pathspec magic. */
export function treeReads(git: Git): TreeReads {
  const listTree = async (sha: string, prefixes: readonly string[]): Promise<TreeEntry[]> => {
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
  };
  return {
    has: async (sha) =>
      (await git(["cat-file", "-e", `${sha}^{commit}`], { accept: [1, 128] })).exitCode === 0,
    treeOf: async (sha) => (await git(["rev-parse", "--verify", `${sha}^{tree}`])).stdout.trim(),
    listTree: (sha, prefix) => listTree(sha, [prefix]),
    readFile: async (sha, path) => {
      const entries = await listTree(sha, [path]);
      const entry = entries.find((candidate) => candidate.path === path);
      if (entry?.type !== "blob") return null;
      return (await git(["cat-file", "blob", entry.sha])).stdout;
    },
    readFiles: async (sha, prefixes) => {
      const entries = await listTree(sha, typeof prefixes === "string" ? [prefixes] : prefixes);
      // Links are not followed: a link's content is a path.
      const blobs = entries.filter((entry) => entry.type === "blob" && entry.mode !== "120000");
      const contents = await runCatFile(git, new Set(blobs.map((entry) => entry.sha)));
      return new Map(blobs.map((entry) => [entry.path, contents.get(entry.sha) ?? ""]));
    },
  };
}

function parseEntry(line: string): TreeEntry[] {
  const match = /^(\d+) (blob|tree|commit) ([0-9a-f]+)\t(.+)$/s.exec(line);
  if (!match) return [];
  const [, mode = "", type = "", sha = "", path = ""] = match;
  return type === "blob" || type === "tree" || type === "commit" ? [{ mode, type, sha, path }] : [];
}
