import type { BuiltObject, BuiltPath } from "../domain/protect/built-path.ts";

export type { BuiltObject };

/** What a build came to. */
export type BuildResult =
  | { ok: true; objects: BuiltObject[]; files: string[] }
  | {
      ok: false;
      error: string;
      files: string[];
      /** `files` is only what was read until it was refused. */
      partial?: boolean;
    };

/** `Kind/namespace/name`, as Flux writes it. */
export const idOf = (object: BuiltObject): string =>
  [
    object.kind,
    ...(object.metadata.namespace === undefined ? [] : [object.metadata.namespace]),
    object.metadata.name,
  ].join("/");

/** One Kustomization of the fleet and what became of building it. */
export interface KustomizationBuild extends BuiltPath {
  /** Cluster whose objects or Flux it carries; null for shared ones. */
  cluster: string | null;
  /** Files the build reads, bases included: the closure of decisions §6. */
  files: string[];
  objects: BuiltObject[];
}
