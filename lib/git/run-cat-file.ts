import type { Git } from "./run-git.ts";

/** Contents of many blobs by one `git cat-file --batch`; bytes that are not UTF-8 become replacement characters. */
export async function runCatFile(git: Git, shas: ReadonlySet<string>): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (shas.size === 0) return found;
  const input = `${[...shas].join("\n")}\n`;
  // latin1 keeps one character per byte, so that the sizes git prints are lengths of the string.
  const { stdout } = await git(["cat-file", "--batch"], { input, encoding: "latin1" });
  let at = 0;
  while (at < stdout.length) {
    const end = stdout.indexOf("\n", at);
    if (end < 0) break;
    const [sha = "", type = "", size = ""] = stdout.slice(at, end).split(" ");
    at = end + 1;
    if (type === "missing") continue;
    const length = Number(size);
    found.set(sha, Buffer.from(stdout.slice(at, at + length), "latin1").toString("utf8"));
    at += length + 1;
  }
  return found;
}
