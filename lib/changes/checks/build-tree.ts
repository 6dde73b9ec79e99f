/** What building every Kustomization path of a tree found; paths as in the repository. */
export interface TreeBuild {
  /** Paths that were built. */
  built: string[];
  problems: { path: string; message: string }[];
}

/** Builds a tree of the mirror. Cached by tree by whoever provides it. */
export type BuildTree = (tree: string) => Promise<TreeBuild>;
