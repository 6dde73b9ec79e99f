/** One object of a build. */
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

/** What a build came to. */
export type BuildResult =
  { ok: true; objects: BuiltObject[]; files: string[] } | { ok: false; error: string; files: string[] };

/** `Kind/namespace/name`, as Flux writes it. */
export const idOf = (object: BuiltObject): string =>
  [
    object.kind,
    ...(object.metadata.namespace === undefined ? [] : [object.metadata.namespace]),
    object.metadata.name,
  ].join("/");

/** One Kustomization of the fleet and what became of building it. */
export interface KustomizationBuild {
  /** `management` or the workload cluster it lives on. */
  home: string;
  namespace: string;
  name: string;
  path: string;
  /** Cluster whose objects or Flux it carries; null for shared ones. */
  cluster: string | null;
  ok: boolean;
  error: string | null;
  /** Files the build reads, bases included: the closure of decisions §6. */
  files: string[];
  objects: BuiltObject[];
}
