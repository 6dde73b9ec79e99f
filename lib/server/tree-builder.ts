import type { BuildFleet } from "../changes/checks/build-fleet.ts";
import type { Mirror } from "../git/mirror.ts";
import { buildTree } from "../kustomize/build-tree.ts";
import { withTempDir } from "../kustomize/temp-dir.ts";

const kept = 16;

/** Builds trees of the mirror in throw-away checkouts; what the last 16 trees gave is kept by hash. */
export function treeBuilder(mirror: Mirror, kubectl: string): BuildFleet {
  const known = new Map<string, ReturnType<BuildFleet>>();
  return (tree) => {
    const before = known.get(tree);
    if (before) {
      // The base of many pull requests is asked for again and again: what is used stays.
      known.delete(tree);
      known.set(tree, before);
      return before;
    }
    const work = withTempDir("checkout", async (dir) => {
      await mirror.checkoutTree(tree, dir);
      return (await buildTree({ kubectl, dir })).results;
    });
    known.set(tree, work);
    work.catch(() => known.delete(tree));
    const oldest = known.keys().next();
    if (known.size > kept && !oldest.done) known.delete(oldest.value);
    return work;
  };
}
