import PQueue from "p-queue";
import { planTrees, type TreeFile } from "./plan-trees.ts";
import type { GitHubScope } from "./scope.ts";

/** For all calls of one tree together; each has its own deadline besides (`sender.ts`). */
const wholeMs = 120_000;
const blobsAtOnce = 4;

/**
 * The tree of `base` with these files (null deletes). A large one is written in parts, all unreachable until a commit
 * and a branch point at the last, and each the same again when sent again: whoever is interrupted starts over.
 */
export async function writeTree(
  { client, owner, repo }: GitHubScope,
  base: string,
  files: Readonly<Record<string, string | null>>,
): Promise<string> {
  const here = { owner, repo, request: { signal: AbortSignal.timeout(wholeMs) } };
  const plan = planTrees(files);
  const uploaded = new Map<string, string>();
  await new PQueue({ concurrency: blobsAtOnce }).addAll(
    plan.blobs.map((content) => async () => {
      const { data } = await client.git.createBlob({ ...here, content, encoding: "utf-8" });
      uploaded.set(content, data.sha);
    }),
  );
  const entryOf = ({ path, content }: TreeFile) => {
    const entry = { path, mode: "100644" as const, type: "blob" as const };
    const sha = content === null ? null : uploaded.get(content);
    return sha === undefined ? { ...entry, content: content ?? "" } : { ...entry, sha };
  };
  let tree = base;
  for (const part of plan.calls) {
    const { data } = await client.git.createTree({ ...here, base_tree: tree, tree: part.map(entryOf) });
    tree = data.sha;
  }
  return tree;
}
