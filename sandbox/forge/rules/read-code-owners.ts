import { listTree, readBlob } from "../git/objects.ts";
import { parseCodeOwners } from "./code-owners.ts";
import type { OwnerRule } from "./code-owners.ts";

/** Where GitHub looks, in this order. */
const places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/** CODEOWNERS of a commit, from the first place that has one. */
export async function readCodeOwners(gitDir: string, commit: string): Promise<OwnerRule[]> {
  const entries = await listTree(gitDir, commit, { paths: places });
  for (const path of places) {
    const entry = entries.find((candidate) => candidate.path === path);
    if (entry !== undefined) return parseCodeOwners((await readBlob(gitDir, entry.sha)).toString());
  }
  return [];
}
