import type { BuildTree, TreeBuild } from "../changes/checks/build-tree.ts";
import type { Mirror } from "../git/mirror.ts";
import { buildTree } from "../kustomize/build-tree.ts";
import { withTempDir } from "../kustomize/temp-dir.ts";

const kept = 16;

/** Builds trees of the mirror in throw-away checkouts; what a tree gave is kept by its hash. */
export function treeBuilder(mirror: Mirror, kubectl: string): BuildTree {
  const known = new Map<string, Promise<TreeBuild>>();
  return (tree) => {
    const before = known.get(tree);
    if (before) return before;
    const work = build(mirror, kubectl, tree);
    known.set(tree, work);
    work.catch(() => known.delete(tree));
    const oldest = known.keys().next();
    if (known.size > kept && !oldest.done) known.delete(oldest.value);
    return work;
  };
}

function build(mirror: Mirror, kubectl: string, tree: string): Promise<TreeBuild> {
  return withTempDir("checkout", async (dir) => {
    await mirror.checkoutTree(tree, dir);
    const { results } = await buildTree({ kubectl, dir });
    return {
      built: [...new Set(results.map(({ path }) => path))],
      problems: results.flatMap(({ home, path, name, error }) =>
        error === null ? [] : [{ path, message: `Kustomization ${name} (${home}): ${error}` }],
      ),
    };
  });
}
