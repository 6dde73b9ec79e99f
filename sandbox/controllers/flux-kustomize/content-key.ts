import { createHash } from "node:crypto";
import type { ArtifactTree } from "./artifact-tree.ts";
import { inputsOf } from "./kustomize-build.ts";
import type { Kustomization } from "./kustomization.ts";

/** Names all that a Kustomization's objects are made of: the files its path reads, and its variables. */
export function contentKey(
  tree: ArtifactTree,
  path: string,
  { spec }: Kustomization,
  variables: ReadonlyMap<string, string>,
): string {
  const inputs = inputsOf(tree, path, spec);
  return createHash("sha256")
    .update(JSON.stringify([inputs.key, [...variables]]))
    .digest("hex");
}
