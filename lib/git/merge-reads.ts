import { mkdir } from "node:fs/promises";
import { execa } from "execa";
import { isHash, memo } from "./memo.ts";
import type { MergedTree, Mirror } from "./mirror.ts";
import type { Git } from "./run-git.ts";

type MergeReads = Pick<Mirror, "mergeTree" | "checkoutTree">;

const hashes = (base: string, head: string): string | null => (isHash(base, head) ? `${base} ${head}` : null);

/** Trees that no ref points to: the outcome of a merge, and a tree's files on disk. */
export function mergeReads(git: Git, place: { dir: string; binary: string }): MergeReads {
  return {
    mergeTree: memo(500, hashes, async (base: string, head: string): Promise<MergedTree> => {
      const args = ["merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", base, head];
      const { stdout, exitCode } = await git(args, { accept: [1] });
      const [tree = "", ...paths] = stdout.split("\0").filter((part) => part !== "");
      return exitCode === 0 ? { clean: true, tree: tree.trim() } : { clean: false, paths };
    }),
    checkoutTree: async (tree, dir) => {
      await mkdir(dir, { recursive: true });
      // An archive needs neither an index nor a worktree, and tar refuses paths that leave the directory.
      const archive = execa(place.binary, ["archive", "--format=tar", tree], {
        cwd: place.dir,
        encoding: "buffer",
        timeout: 30_000,
      });
      await archive.pipe("tar", ["-x", "-f", "-", "-C", dir]);
    },
  };
}
