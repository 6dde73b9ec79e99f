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
