import type { BuiltObject, KustomizationBuild } from "./built-object.ts";
import type { Variables } from "./substitute.ts";

/** A Kustomization, and where what it builds ends up. */
export interface KustomizationRef {
  /** Cluster the Kustomization object lives on: `management` or a workload cluster's name. */
  home: string;
  namespace: string;
  name: string;
  path: string;
  /** Key of its source among {@link Found.sources}. */
  source: string;
  /** Cluster its objects are applied on. */
  target: string;
  cluster: string | null;
  /** The object's postBuild. */
  postBuild: unknown;
}

/** What was found in Git so far. */
export interface Found {
  sources: Map<string, { ignore: string | null }>;
  /** Variables of a Kustomization's postBuild; undefined = it has none. */
  variablesOf(ref: KustomizationRef): Variables | undefined;
}

type Fields = Record<string, unknown>;
const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null ? (value as Fields) : {};
const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const scalarOf = (value: unknown): string | null =>
  typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : typeof value === "string"
      ? value
      : null;
const stringsOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fieldsOf(value)).flatMap(([key, one]) => {
      const text = scalarOf(one);
      return text === null ? [] : [[key, text]];
    }),
  );

const keyOf = (home: string, kind: string, namespace: string, name: string): string =>
  `${home}:${kind}/${namespace}/${name}`;

/** Reads a Kustomization object; `home` is the cluster it lives on. */
export function readKustomization(home: string, object: BuiltObject): KustomizationRef {
  const spec = fieldsOf(object["spec"]);
  const source = fieldsOf(spec["sourceRef"]);
  const namespace = object.metadata.namespace ?? "default";
  const secret = textOf(fieldsOf(fieldsOf(spec["kubeConfig"])["secretRef"])["name"]);
  const remote = secret?.replace(/-kubeconfig$/, "") ?? null;
  const sourceNamespace = textOf(source["namespace"]) ?? namespace;
  const labelled = object.metadata.labels?.["fleetwright.dev/cluster"] ?? null;
  return {
    home,
    namespace,
    name: object.metadata.name,
    path: (textOf(spec["path"]) ?? ".").replace(/^\.\//, ""),
    source: keyOf(home, textOf(source["kind"]) ?? "", sourceNamespace, textOf(source["name"]) ?? ""),
    target: remote ?? home,
    cluster: home === "management" ? (labelled ?? remote) : home,
    postBuild: spec["postBuild"],
  };
}

/**
 * Builds the root, then every Kustomization its objects hold, and so on; a Kustomization waits until its source and
 * its variables had the chance to turn up.
 */
export async function discover(
  root: KustomizationRef,
  build: (ref: KustomizationRef, found: Found) => Promise<KustomizationBuild>,
  concurrency: number,
): Promise<KustomizationBuild[]> {
  const world = new World();
  // The root's own source is what `flux bootstrap` made; the repository may not show it.
  world.sources.set(root.source, { ignore: null });
  let waiting = [root];
  const seen = new Set<string>();
  const results: KustomizationBuild[] = [];
  while (waiting.length > 0) {
    const known = waiting.filter((ref) => world.sources.has(ref.source));
    // Nothing new can turn up any more: the rest is built too, and says that its source is missing.
    const round = known.length > 0 ? known : waiting;
    const next = waiting.filter((ref) => !round.includes(ref));
    const done = await inTurn(round, concurrency, (ref) => build(ref, world));
    round.forEach((ref, index) => {
      const result = done[index];
      if (!result) return;
      results.push(result);
      seen.add(keyOf(ref.home, "Kustomization", ref.namespace, ref.name));
      next.push(...world.add(ref.target, result.objects, seen));
    });
    waiting = next;
  }
  return results;
}

class World implements Found {
  readonly sources = new Map<string, { ignore: string | null }>();
  readonly #maps = new Map<string, Record<string, string>>();

  /** Takes up what a build puts on a cluster; gives the Kustomizations not seen before. */
  add(home: string, objects: readonly BuiltObject[], seen: Set<string>): KustomizationRef[] {
    const fresh: KustomizationRef[] = [];
    for (const object of objects) {
      const namespace = object.metadata.namespace ?? "default";
      const key = keyOf(home, object.kind, namespace, object.metadata.name);
      if (object.apiVersion.startsWith("source.toolkit.fluxcd.io/")) {
        this.sources.set(key, { ignore: textOf(fieldsOf(object["spec"])["ignore"]) });
      } else if (object.kind === "ConfigMap" && object.apiVersion === "v1") {
        this.#maps.set(key, stringsOf(object["data"]));
      } else if (
        object.kind === "Kustomization" &&
        object.apiVersion.startsWith("kustomize.toolkit.fluxcd.io/")
      ) {
        if (seen.has(key)) continue;
        seen.add(key);
        fresh.push(readKustomization(home, object));
      }
    }
    return fresh;
  }

  variablesOf(ref: KustomizationRef): Variables | undefined {
    if (ref.postBuild === undefined) return undefined;
    const postBuild = fieldsOf(ref.postBuild);
    const from = Array.isArray(postBuild["substituteFrom"]) ? (postBuild["substituteFrom"] as unknown[]) : [];
    let variables: Record<string, string> = {};
    for (const entry of from.map(fieldsOf)) {
      const map = this.#maps.get(
        keyOf(ref.home, textOf(entry["kind"]) ?? "", ref.namespace, textOf(entry["name"]) ?? ""),
      );
      if (map === undefined && entry["optional"] !== true) return null;
      variables = { ...variables, ...map };
    }
    return { ...variables, ...stringsOf(postBuild["substitute"]) };
  }
}

async function inTurn<T, R>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      const item = items[index];
      if (item !== undefined) results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return results;
}
