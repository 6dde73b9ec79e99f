import type { ProtectRule } from "../../../domain/protect/finding.ts";

export type Files = Record<string, string>;
export type Edit = (files: Files) => Record<string, string | null>;

/** A change to the seeded fleet repository; null deletes a file. */
export interface RepositoryChange {
  name: string;
  /** What the default branch has beforehand, where it is not the seed. */
  before?: Edit;
  edit: Edit;
}

export interface DangerousChange extends RepositoryChange {
  /** Rules of the findings that refuse it, the gravest first, each once. */
  rules: ProtectRule[];
  /** Cluster of the first. */
  cluster: string | null;
  /** The first, word for word. */
  sentence: string;
}

/** The files most cases touch. */
export const at = {
  cluster: "clusters/prod-weu-3/cluster.yaml",
  fluxConfig: "clusters/prod-weu-3/flux-config.yaml",
  fleet: "clusters/management/fleet/prod-weu-3.yaml",
  devCluster: "clusters/dev-weu-2/cluster.yaml",
  root: "clusters/management/kustomization.yaml",
  stages: "clusters/management/stages.yaml",
  sync: "clusters/management/flux-system/gotk-sync.yaml",
  components: "clusters/management/flux-system/gotk-components.yaml",
  sources: "clusters/management/platform/sources.yaml",
  identity: "clusters/management/platform/identity.yaml",
  policy: "clusters/management/platform/protect-clusters.yaml",
  apps: "apps/overlays/production/kustomization.yaml",
  infrastructure: "infrastructure/base/kustomization.yaml",
  namespaces: "infrastructure/base/namespaces.yaml",
  flux: "infrastructure/flux/v2.9.4/kustomization.yaml",
};

/** Matches the line that protects an object. */
export const protection = /^ *kustomize\.toolkit\.fluxcd\.io\/prune: disabled.*\n/m;

/** A file with a text replaced. @throws Error where the text is not there: the case would test nothing. */
export const replace =
  (path: string, from: string | RegExp, to: string): Edit =>
  (files) => {
    const before = files[path];
    const after = before?.replace(from, to);
    if (after === undefined || after === before) throw new Error(`${path} has no ${String(from)}`);
    return { [path]: after };
  };

/** Several edits, each on what the ones before left. */
export const all =
  (...edits: Edit[]): Edit =>
  (files) =>
    edits.reduce<Record<string, string | null>>(
      (done, edit) => ({ ...done, ...edit(merge(files, done)) }),
      {},
    );

/** Files with an edit applied. */
export function merge(files: Files, edit: Record<string, string | null>): Files {
  const result = { ...files };
  for (const [path, content] of Object.entries(edit)) {
    if (content === null) Reflect.deleteProperty(result, path);
    else result[path] = content;
  }
  return result;
}

export const write =
  (path: string, content: string): Edit =>
  () => ({ [path]: content });

export const remove =
  (...paths: string[]): Edit =>
  (files) => {
    for (const path of paths) if (files[path] === undefined) throw new Error(`${path} is not there`);
    return Object.fromEntries(paths.map((path) => [path, null]));
  };

const documentsOf = (files: Files, path: string): string[] => (files[path] ?? "").split(/^---\n/m);

/** A file without the documents that match. */
export const drop =
  (path: string, match: RegExp): Edit =>
  (files) => {
    const documents = documentsOf(files, path);
    const kept = documents.filter((text) => !match.test(text));
    if (kept.length === documents.length) throw new Error(`${path} has no document with ${String(match)}`);
    return { [path]: kept.join("---\n") };
  };

/** A text replaced in the documents that match only. */
export const replaceIn =
  (path: string, match: RegExp, from: string | RegExp, to: string): Edit =>
  (files) => {
    const documents = documentsOf(files, path);
    const after = documents.map((text) => (match.test(text) ? text.replace(from, to) : text));
    if (after.join() === documents.join()) throw new Error(`${path} has no ${String(from)}`);
    return { [path]: after.join("---\n") };
  };

/** The documents of one file that match, appended to another. */
export const copy =
  (path: string, match: RegExp, target: string): Edit =>
  (files) => {
    const found = documentsOf(files, path).filter((text) => match.test(text));
    if (found.length === 0) throw new Error(`${path} has no document with ${String(match)}`);
    return { [target]: [files[target] ?? "", ...found].join("\n---\n") };
  };

/** Every file below a directory under another one. */
export const copyDirectory =
  (from: string, to: string): Edit =>
  (files) =>
    Object.fromEntries(
      Object.entries(files).flatMap(([path, content]) =>
        path.startsWith(`${from}/`) ? [[path.replace(from, to), content]] : [],
      ),
    );
