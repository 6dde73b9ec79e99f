import { join } from "node:path";
import type { BuildLimits } from "./build-kustomization.ts";
import { buildInView } from "./build-kustomization.ts";
import type { BuildResult, KustomizationBuild } from "./built-object.ts";
import { discover, readKustomization, type Found, type KustomizationRef } from "./discover.ts";
import { makeSourceView, type SourceView } from "./source-view.ts";
import { withTempDir } from "./temp-dir.ts";

export interface TreeOptions {
  kubectl: string;
  /** A checkout of one tree; it is only read. */
  dir: string;
  /** Where the management cluster's root Kustomization points; the others are found from there. */
  root?: string;
  limits?: BuildLimits;
  /** Builds at once. */
  concurrency?: number;
}

export interface TreeBuild {
  ok: boolean;
  results: KustomizationBuild[];
}

const keptBuilds = 2000;
/** By what a build reads: a pull request that touches one cluster builds that one anew. */
const builds = new Map<string, Promise<BuildResult>>();

/**
 * Builds every Kustomization path of a fleet repository: from the root downwards, following the Kustomizations each
 * build yields to the clusters they are applied on, each from the tree as its source serves it.
 */
export function buildTree(options: TreeOptions): Promise<TreeBuild> {
  return withTempDir("tree", (work) => build(options, work));
}

async function build(options: TreeOptions, work: string): Promise<TreeBuild> {
  const views = new Map<string, Promise<SourceView>>();
  const viewOf = (ignore: string | null): Promise<SourceView> => {
    const key = ignore ?? "";
    const known = views.get(key);
    if (known) return known;
    const made = makeSourceView(options.dir, ignore, join(work, `view-${String(views.size)}`));
    views.set(key, made);
    return made;
  };
  const buildOne = async (ref: KustomizationRef, found: Found): Promise<KustomizationBuild> => {
    const { home, namespace, name, path, cluster } = ref;
    const about = { home, namespace, name, path, cluster };
    const source = found.sources.get(ref.source);
    if (!source) {
      const error = `its source ${ref.source} is not in Git`;
      return { ...about, ok: false, error, files: [], objects: [], partial: true };
    }
    const view = await viewOf(source.ignore);
    const substitute = found.variablesOf(ref);
    const limits = options.limits ? { limits: options.limits } : {};
    const given = substitute === undefined ? {} : { substitute };
    const result = await buildInView(view, {
      kubectl: options.kubectl,
      path,
      work,
      cache: builds,
      ...given,
      ...limits,
    });
    return {
      ...about,
      ok: result.ok,
      error: result.ok ? null : result.error,
      files: result.files,
      objects: result.ok ? result.objects : [],
      partial: !result.ok && result.partial === true,
    };
  };
  const results = await discover(rootOf(options), buildOne, options.concurrency ?? 2);
  trim();
  return { ok: results.every(({ ok }) => ok), results };
}

function trim(): void {
  for (const oldest of builds.keys()) {
    if (builds.size <= keptBuilds) break;
    builds.delete(oldest);
  }
}

/** The root as `flux bootstrap` makes it; the repository's own gotk-sync, once built, says the same. */
function rootOf(options: TreeOptions): KustomizationRef {
  const root = {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name: "flux-system", namespace: "flux-system" },
    spec: {
      path: options.root ?? "./clusters/management",
      sourceRef: { kind: "GitRepository", name: "flux-system" },
    },
  };
  return readKustomization("management", root);
}
