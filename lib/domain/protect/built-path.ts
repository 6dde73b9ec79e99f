/** One object of a build, as far as this check reads it. */
export interface BuiltObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [field: string]: unknown;
}

/** One Kustomization of the fleet and what became of building its path; parents come before their children. */
export interface BuiltPath {
  /** `management` or the workload cluster the Kustomization lives on. */
  home: string;
  namespace: string;
  name: string;
  path: string;
  ok: boolean;
  error: string | null;
  files: readonly string[];
  objects: readonly BuiltObject[];
  /** Cluster whose objects or Flux it carries; null for shared ones. */
  cluster?: string | null;
  /** `files` is not all it reads: it was refused, or its source is not in Git. */
  partial?: boolean;
}
