/** A file or directory of a tree. */
export interface TreeEntry {
  path: string;
  mode: string;
  type: "blob" | "tree" | "commit";
  sha: string;
}

/** A commit of the default branch's first-parent history. */
export interface MirrorCommit {
  sha: string;
  parents: string[];
  title: string;
  message: string;
  author: string;
  authoredAt: string;
  /** Paths it touches, compared with its first parent. */
  paths: string[];
}

export type MergedTree = { clean: true; tree: string } | { clean: false; paths: string[] };

/**
 * A bare mirror of the fleet repository on local disk: a cache that can be thrown away. Only `fetch` speaks to the
 * forge; everything else is local and fast.
 */
export interface Mirror {
  readonly dir: string;
  readonly defaultBranch: string;
  /** Brings branches and pull request heads here; calls made while one runs share the next one. Deadline 30 s. */
  fetch(): Promise<{ head: string | null; changed: boolean }>;
  /** Tip of the default branch as last fetched. */
  head(): Promise<string | null>;
  /** Tip of any branch as last fetched. */
  branch(name: string): Promise<string | null>;
  has(sha: string): Promise<boolean>;
  treeOf(sha: string): Promise<string>;
  readFile(sha: string, path: string): Promise<string | null>;
  listTree(sha: string, prefix: string): Promise<TreeEntry[]>;
  /** Text files below a path (or the path itself), path → content. */
  readFiles(sha: string, prefixes: string | readonly string[]): Promise<Map<string, string>>;
  /** Oldest first; all of it, or what came after `since`. Empty where `since` is not an ancestor. */
  firstParentLog(head: string, since?: string | null): Promise<MirrorCommit[]>;
  pathsOf(commit: string): Promise<string[]>;
  /** Paths that differ between two commits or trees. */
  changedPaths(from: string, to: string): Promise<string[]>;
  isAncestor(ancestor: string, of: string): Promise<boolean>;
  /** What merging `head` into `base` would give, without touching a ref. */
  mergeTree(base: string, head: string): Promise<MergedTree>;
  /** Writes a tree's files into an empty directory. */
  checkoutTree(tree: string, dir: string): Promise<void>;
  /** Last commit that touched each path below a prefix. */
  lastCommitPerPath(sha: string, prefix: string): Promise<Map<string, MirrorCommit>>;
}
