import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Names whose files lie below the repository, whatever somebody called his branch. */
const plain = /^(?:[A-Za-z0-9_][A-Za-z0-9_.-]*\/)*[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/**
 * A ref as its own file holds it (gitrepository-layout), without a process: it is asked for with every look at a page.
 * Git replaces such a file whole.
 *
 * @returns null where only git can tell: it is packed, symbolic, or not there.
 */
export async function looseRef(gitDir: string, name: string): Promise<string | null> {
  if (!plain.test(name)) return null;
  const text = await readFile(join(gitDir, name), "utf8").catch(() => "");
  return /^([0-9a-f]{40})\n$/.exec(text)?.[1] ?? null;
}
