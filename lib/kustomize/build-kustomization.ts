import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { parseAllDocuments, stringify } from "yaml";
import type { BuildResult } from "./built-object.ts";
import { checkObjects } from "./check-objects.ts";
import { readClosure, type Closure } from "./closure.ts";
import { runKustomize } from "./run-kustomize.ts";
import { makeSourceView, type SourceView } from "./source-view.ts";
import { substitute, type Variables } from "./substitute.ts";
import { withTempDir } from "./temp-dir.ts";

export interface BuildLimits {
  timeoutMs: number;
  maxBytes: number;
}

const defaultLimits: BuildLimits = { timeoutMs: 20_000, maxBytes: 16 << 20 };

export interface BuildOptions {
  /** Path of the real kubectl. */
  kubectl: string;
  /** A checkout of one tree; it is only read. */
  dir: string;
  /** The Kustomization's `spec.path`. */
  path: string;
  /** The source's `spec.ignore`; null or absent = defaults and `.sourceignore`. */
  ignore?: string | null;
  /** postBuild variables; absent = no substitution; null = cannot be judged, nothing is substituted. */
  substitute?: Variables;
  limits?: BuildLimits;
}

/**
 * Builds one path of a checkout as Flux would: the tree as its source serves it, real kustomize, structure checks,
 * strict substitution. Never fetches, never follows a link, never runs a plugin (decisions §6).
 */
export async function buildKustomization(options: BuildOptions): Promise<BuildResult> {
  return withTempDir("build", async (work) => {
    const view = await makeSourceView(options.dir, options.ignore ?? null, join(work, "tree"));
    return buildInView(view, { ...options, work, cache: new Map() });
  });
}

export interface ViewBuild {
  kubectl: string;
  path: string;
  substitute?: Variables;
  limits?: BuildLimits;
  /** A directory to work in, removed by the caller. */
  work: string;
  /** Builds by what they read; results hold for every tree with the same files. */
  cache: Map<string, Promise<BuildResult>>;
}

/** Builds a path of a view that is already there. */
export async function buildInView(view: SourceView, options: ViewBuild): Promise<BuildResult> {
  const closure = await readClosure(view.dir, options.path, view.links);
  if (closure.refusal !== null)
    return { ok: false, error: closure.refusal, files: closure.files, partial: true };
  const key = await digest(view.dir, options.path, closure);
  let built = options.cache.get(key);
  if (!built) {
    built = run(view, closure, options);
    options.cache.set(key, built);
  }
  const result = await built;
  if (!result.ok || options.substitute === undefined || options.substitute === null) return result;
  const replaced = substitute(result.objects, options.substitute);
  if (!replaced.ok) return { ...replaced, files: closure.files };
  return { ...replaced, files: closure.files };
}

async function run(view: SourceView, closure: Closure, options: ViewBuild): Promise<BuildResult> {
  // kustomize refuses an empty kustomization; kustomize-controller applies nothing and calls it Ready.
  if (closure.generated?.length === 0) return { ok: true, objects: [], files: closure.files };
  const home = await mkdtemp(join(options.work, "home-"));
  const dir =
    closure.generated === null
      ? join(view.dir, options.path)
      : await generate(view.dir, closure.generated, options.work);
  const limits = options.limits ?? defaultLimits;
  const { files } = closure;
  const output = await runKustomize({ kubectl: options.kubectl, dir, home, ...limits });
  if (!output.ok) return { ok: false, error: output.error.replaceAll(options.work, ""), files };
  const documents = parseAllDocuments(output.yaml, { logLevel: "silent" });
  const values = [...documents]
    .map((document): unknown => document.toJS({ maxAliasCount: 100 }))
    .filter((value) => value !== null);
  return { ...checkObjects(values), files };
}

/** The kustomization kustomize-controller makes where a directory has none, beside the tree, not in it. */
async function generate(tree: string, entries: string[], work: string): Promise<string> {
  const dir = await mkdtemp(join(work, "generated-"));
  await mkdir(dir, { recursive: true });
  const resources = entries.map((entry) => relative(dir, join(tree, entry)));
  const kustomization = { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization", resources };
  await writeFile(join(dir, "kustomization.yaml"), stringify(kustomization));
  return dir;
}

async function digest(tree: string, path: string, closure: Closure): Promise<string> {
  const hash = createHash("sha256").update(`${path}\0${String(closure.generated?.length ?? -1)}`);
  for (const file of closure.files) {
    hash.update(`\0${file}\0`);
    hash.update(await readFile(join(tree, file)));
  }
  return hash.digest("hex");
}
