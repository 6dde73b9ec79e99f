import { createHash } from "node:crypto";
import { posix } from "node:path";
import { parse } from "yaml";
import type { ArtifactTree } from "./artifact-tree.ts";
import { ReconcileError } from "./reconcile-error.ts";

const NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** Everything kustomize may read to build one path, and a key that names exactly that. */
export interface BuildInputs {
  files: Map<string, Buffer>;
  directories: Set<string>;
  /** Hash of paths and contents; two commits that leave them alone share a build. */
  key: string;
}

/** The kustomization file of a directory, if it has one. */
export function kustomizationFile(tree: ArtifactTree, dir: string): string | undefined {
  return NAMES.map((name) => posix.join(dir, name)).find((path) => tree.files.has(path));
}

/**
 * Collects the closure of a path: its own files and, through the kustomization files in it, the bases, components
 * and patches they name. A path that leaves the artifact, or a remote one, fails the build here: kustomize itself
 * runs without load restrictions.
 */
export function buildInputs(tree: ArtifactTree, dir: string, extra: string): BuildInputs {
  const files = new Map<string, Buffer>();
  const directories = new Set<string>();
  const waiting = [dir];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (directories.has(at)) continue;
    directories.add(at);
    const file = kustomizationFile(tree, at);
    if (file === undefined) {
      waiting.push(...addPlainDirectory(tree, at, files, directories));
      continue;
    }
    add(tree, file, files);
    for (const reference of referencesOf(tree, file)) {
      const path = insideOf(at, reference);
      if (tree.directories.has(path)) waiting.push(path);
      else add(tree, path, files);
    }
  }
  const hash = createHash("sha256").update(`${dir}\0${extra}\0`);
  for (const name of [...directories].sort()) hash.update(`${name}\0`);
  for (const [path, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${path}\0${String(content.length)}\0`).update(content);
  }
  return { files, directories, key: hash.digest("hex") };
}

/** A directory without a kustomization file counts with every YAML below; answers subdirectories that have one. */
function addPlainDirectory(
  tree: ArtifactTree,
  dir: string,
  files: Map<string, Buffer>,
  directories: Set<string>,
): string[] {
  const below = dir === "" ? "" : `${dir}/`;
  const nested = [...tree.directories].filter(
    (path) => path !== dir && path.startsWith(below) && kustomizationFile(tree, path) !== undefined,
  );
  for (const path of tree.directories)
    if (path !== dir && path.startsWith(below) && !nested.includes(path)) directories.add(path);
  for (const path of tree.files.keys()) {
    if (path.startsWith(below) && /\.ya?ml$/.test(path)) add(tree, path, files);
  }
  return nested;
}

function add(tree: ArtifactTree, path: string, files: Map<string, Buffer>): void {
  const content = tree.files.get(path);
  // A missing file is kustomize's to report.
  if (content !== undefined) files.set(path, content);
}

function insideOf(dir: string, reference: string): string {
  const path = posix.normalize(posix.join(dir, reference)).replace(/\/$/, "");
  if (reference.startsWith("/") || path === ".." || path.startsWith("../")) {
    throw new ReconcileError(
      "BuildFailed",
      `kustomize build failed: path '${reference}' is outside of the artifact`,
    );
  }
  if (/^[a-z+]+:\/\/|^git@|^github\.com\//.test(reference)) {
    throw new ReconcileError(
      "BuildFailed",
      `kustomize build failed: remote resource '${reference}' is not allowed`,
    );
  }
  return path === "." ? "" : path;
}

const LISTS = [
  "resources",
  "bases",
  "components",
  "crds",
  "configurations",
  "generators",
  "transformers",
  "validators",
];

function referencesOf(tree: ArtifactTree, file: string): string[] {
  let content: unknown;
  try {
    content = parse((tree.files.get(file) ?? "").toString());
  } catch {
    return [];
  }
  const at = fieldOf(content);
  const listed = LISTS.flatMap((name) => items(at(name)));
  const patched = ["patches", "patchesJson6902", "replacements"].flatMap((name) =>
    items(at(name)).map((item) => fieldOf(item)("path")),
  );
  const generated = ["configMapGenerator", "secretGenerator"].flatMap((name) =>
    items(at(name)).flatMap((item) => {
      const of = fieldOf(item);
      return [...items(of("files")).map(afterKey), ...items(of("envs")), of("env")];
    }),
  );
  const all = [
    ...listed,
    ...items(at("patchesStrategicMerge")),
    ...patched,
    ...generated,
    fieldOf(at("openapi"))("path"),
  ];
  return all.filter((each) => typeof each === "string").filter((each) => each !== "" && !each.includes("\n"));
}

function fieldOf(value: unknown): (name: string) => unknown {
  const record = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  return (name) => record[name];
}

function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function afterKey(value: unknown): unknown {
  return typeof value === "string" ? value.slice(value.indexOf("=") + 1) : value;
}
