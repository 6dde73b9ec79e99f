import type { MirrorCommit } from "./mirror.ts";

/** Record separator, then fields by unit separator, then NUL-separated paths (`-z --name-only`). */
export const logFormat = "%x1e%H%x1f%P%x1f%an%x1f%aI%x1f%B%x1f";

/** Reads `git log -z --name-only --format=logFormat`. */
export function parseLog(output: string): MirrorCommit[] {
  return output.split("\x1e").slice(1).map(parseRecord);
}

function parseRecord(record: string): MirrorCommit {
  const [sha = "", parents = "", author = "", authoredAt = "", message = "", paths = ""] =
    record.split("\x1f");
  return {
    sha,
    parents: parents.split(" ").filter((parent) => parent !== ""),
    title: message.split("\n", 1)[0] ?? "",
    message: message.trim(),
    author,
    authoredAt: new Date(authoredAt).toISOString(),
    paths: paths.split(/[\0\n]/).filter((path) => path !== ""),
  };
}
