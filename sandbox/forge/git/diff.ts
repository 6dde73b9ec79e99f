import { createHash } from "node:crypto";
import { runGit } from "./run-git.ts";

export interface FileChange {
  path: string;
  previousPath: string | null;
  status: "added" | "removed" | "modified" | "renamed" | "copied" | "changed";
  sha: string;
  additions: number;
  deletions: number;
  /** Hunks without the header; null for a binary file. */
  patch: string | null;
}

const words = { A: "added", D: "removed", M: "modified", R: "renamed", C: "copied", T: "changed" } as const;

/** Files that differ between two commits or trees, with their patches, sorted by path. */
export async function diffFiles(gitDir: string, from: string, to: string): Promise<FileChange[]> {
  const args = ["diff-tree", "-r", "-M", "--raw", "--no-abbrev", "--patch", "--no-color", "-z", from, to];
  const { stdout } = await runGit(gitDir, args);
  const split = stdout.indexOf("\0\0");
  if (split === -1) return [];
  const patches = stdout.slice(split + 2).split(/^(?=diff --git )/m);
  let next = 0;
  return parseRaw(stdout.slice(0, split)).map((change) => {
    const patch = patches[next] ?? "";
    // A file that becomes a link is shown as one removed and one added.
    next += change.status === "changed" ? 2 : 1;
    return withPatch(change, patch);
  });
}

/** Paths that differ, without patches; renames count as a removal and an addition. */
export async function changedPaths(gitDir: string, from: string, to: string): Promise<string[]> {
  const { stdout } = await runGit(gitDir, ["diff-tree", "-r", "-z", "--no-renames", "--name-only", from, to]);
  return stdout.split("\0").filter((path) => path !== "");
}

/**
 * A fingerprint of what a change does, blind to where in a file it does it: a merge of the base into the head leaves
 * it as it was. That is how GitHub judges whether a push makes an approval stale.
 */
export async function diffFingerprint(gitDir: string, from: string, to: string): Promise<string> {
  const { stdout } = await runGit(gitDir, ["diff-tree", "-r", "-p", "--binary", "--no-color", from, to]);
  const lines = stdout.split("\n").filter((line) => !line.startsWith("index "));
  return createHash("sha256")
    .update(lines.map((line) => (line.startsWith("@@") ? "@@" : line)).join("\n"))
    .digest("hex");
}

function parseRaw(raw: string): FileChange[] {
  const fields = raw.split("\0");
  const changes: FileChange[] = [];
  let index = 0;
  while (index < fields.length) {
    const header = fields[index] ?? "";
    if (!header.startsWith(":")) break;
    const [, , before = "", after = "", letters = "M"] = header.split(" ");
    const status = words[letters.charAt(0) as keyof typeof words];
    const renamed = status === "renamed" || status === "copied";
    const first = fields[index + 1] ?? "";
    const path = renamed ? (fields[index + 2] ?? "") : first;
    changes.push({
      path,
      previousPath: renamed ? first : null,
      status,
      sha: status === "removed" ? before : after,
      additions: 0,
      deletions: 0,
      patch: null,
    });
    index += renamed ? 3 : 2;
  }
  return changes;
}

function withPatch(change: FileChange, text: string): FileChange {
  const start = text.search(/^@@ /m);
  if (start === -1) return { ...change, patch: text.includes("Binary files") ? null : "" };
  const patch = text.slice(start).replace(/\n$/, "");
  const lines = patch.split("\n");
  return {
    ...change,
    patch,
    additions: lines.filter((line) => line.startsWith("+")).length,
    deletions: lines.filter((line) => line.startsWith("-")).length,
  };
}
