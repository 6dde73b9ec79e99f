import { execFile } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import PQueue from "p-queue";
import { parse, stringify } from "yaml";
import type { ArtifactTree } from "./artifact-tree.ts";
import { buildInputs, kustomizationFile } from "./build-inputs.ts";
import type { BuildInputs } from "./build-inputs.ts";
import type { KustomizationSpec } from "./kustomization.ts";
import { ReconcileError, messageOf } from "./reconcile-error.ts";

/** How to run the real kustomize. */
export interface KustomizeTool {
  /** Path of kubectl. */
  kubectl: string;
  /** Builds are kept here too, so that a restart need not repeat them. */
  cacheDir?: string;
}

/** Where Flux would have unpacked the artifact; part of its error texts. */
export function randomRoot(): string {
  return join(tmpdir(), `kustomization-${String(randomInt(1_000_000_000, 4_294_967_295))}`);
}

const MOST_KEPT = 1024;
const kept = new Map<string, Promise<string>>();
/** Each kustomize is a process that takes a core for some 60 ms. */
const queue = new PQueue({ concurrency: 2 });

const inputsKept = new WeakMap<ArtifactTree, Map<string, BuildInputs>>();

/** What a build of this path reads; collected once per artifact, which many Kustomizations share. */
export function inputsOf(tree: ArtifactTree, path: string, spec: KustomizationSpec): BuildInputs {
  const overlay = JSON.stringify(overlayOf(spec));
  const ofTree = inputsKept.get(tree) ?? new Map<string, BuildInputs>();
  inputsKept.set(tree, ofTree);
  const key = `${path}\0${overlay}`;
  const inputs = ofTree.get(key) ?? buildInputs(tree, path, overlay);
  ofTree.set(key, inputs);
  return inputs;
}

/** Builds a path with the real kustomize; equal inputs are built once per process. Answers YAML documents. */
export function kustomizeBuild(
  tool: KustomizeTool,
  tree: ArtifactTree,
  path: string,
  spec: KustomizationSpec,
): Promise<string> {
  const overlay = overlayOf(spec);
  const inputs = inputsOf(tree, path, spec);
  const known = kept.get(inputs.key);
  if (known !== undefined) return known;
  const building = cached(tool, inputs, () => queue.add(() => run(tool, tree, inputs, path, overlay)));
  kept.set(inputs.key, building);
  building.catch(() => kept.delete(inputs.key));
  const oldest = kept.keys().next();
  if (kept.size > MOST_KEPT && oldest.done !== true) kept.delete(oldest.value);
  return building;
}

async function cached(
  tool: KustomizeTool,
  inputs: BuildInputs,
  build: () => Promise<string>,
): Promise<string> {
  if (tool.cacheDir === undefined) return build();
  const file = join(tool.cacheDir, `${inputs.key}.yaml`);
  const known = await readFile(file, "utf8").catch(() => undefined);
  if (known !== undefined) return known;
  const built = await build();
  await mkdir(tool.cacheDir, { recursive: true });
  await writeFile(`${file}.part`, built);
  await rename(`${file}.part`, file);
  return built;
}

async function run(
  tool: KustomizeTool,
  tree: ArtifactTree,
  inputs: BuildInputs,
  path: string,
  overlay: Overlay,
): Promise<string> {
  const root = randomRoot();
  try {
    for (const dir of inputs.directories) await mkdir(join(root, dir), { recursive: true });
    for (const [name, content] of inputs.files) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), content);
    }
    const file = kustomizationFile(tree, path);
    const content = file === undefined ? generated(tree, path) : readFileOf(inputs, file);
    const name = file ?? posix.join(path, "kustomization.yaml");
    if (file === undefined || Object.keys(overlay).length > 0) {
      await writeFile(join(root, name), stringify(withOverlay(content, overlay)));
    }
    return await kubectlKustomize(tool.kubectl, join(root, path));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function kubectlKustomize(kubectl: string, dir: string): Promise<string> {
  const args = ["kustomize", dir, "--load-restrictor", "LoadRestrictionsNone"];
  const options = {
    env: { PATH: "", HOME: "/nonexistent", NODE_ENV: undefined },
    maxBuffer: 1 << 27,
    timeout: 60_000,
  };
  return new Promise((resolve, reject) => {
    execFile(kubectl, args, options as never, (error, stdout: string, stderr: string) => {
      if (error === null) resolve(stdout);
      else
        reject(
          new ReconcileError(
            "BuildFailed",
            `kustomize build failed: ${kustomizeError(stderr || messageOf(error))}`,
          ),
        );
    });
  });
}

/** kubectl logs its error in klog's form or plainly; Flux shows kustomize's own words. */
function kustomizeError(stderr: string): string {
  const logged = /err=("(?:[^"\\]|\\.)*")/.exec(stderr)?.[1];
  return (logged === undefined ? stderr.replace(/^error: /, "") : String(JSON.parse(logged))).trim();
}

function readFileOf(inputs: BuildInputs, file: string): unknown {
  return parse((inputs.files.get(file) ?? "").toString());
}

/** What Flux writes for a directory without kustomization.yaml: every YAML below, sorted as they are walked. */
function generated(tree: ArtifactTree, dir: string): unknown {
  const below = dir === "" ? "" : `${dir}/`;
  const own = [...tree.directories].filter(
    (path) => path !== dir && path.startsWith(below) && kustomizationFile(tree, path) !== undefined,
  );
  const outer = own.filter((path) => !own.some((other) => path !== other && path.startsWith(`${other}/`)));
  const files = [...tree.files.keys()].filter(
    (path) =>
      path.startsWith(below) && /\.ya?ml$/.test(path) && !outer.some((other) => path.startsWith(`${other}/`)),
  );
  const resources = [...outer, ...files].sort().map((path) => path.slice(below.length));
  return { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization", resources };
}

type Overlay = Record<string, unknown>;

function overlayOf(spec: KustomizationSpec): Overlay {
  const all: Overlay = {
    namespace: spec.targetNamespace,
    namePrefix: spec.namePrefix,
    nameSuffix: spec.nameSuffix,
    patches: spec.patches,
    images: spec.images?.map((image) => ({ ...image })),
    components: spec.components,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function withOverlay(content: unknown, overlay: Overlay): unknown {
  const base = typeof content === "object" && content !== null ? (content as Record<string, unknown>) : {};
  const merged = Object.entries(overlay).map(([name, value]) => {
    const before = base[name];
    return [name, isList(value) && isList(before) ? [...before, ...value] : value] as const;
  });
  return { ...base, ...Object.fromEntries(merged) };
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}
