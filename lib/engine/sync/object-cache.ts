import type { KubeObject } from "../../domain/kube-object.ts";

/** What one API server holds of the kinds we read, by kind, namespace and name. */
export class ObjectCache {
  readonly #kinds = new Map<string, Map<string, Map<string, KubeObject>>>();

  find(kind: string, namespace: string, name: string): KubeObject | null {
    return this.#kinds.get(kind)?.get(namespace)?.get(name) ?? null;
  }

  list(kind: string, namespace: string): KubeObject[] {
    return [...(this.#kinds.get(kind)?.get(namespace)?.values() ?? [])];
  }

  all(kind: string): KubeObject[] {
    return [...(this.#kinds.get(kind)?.values() ?? [])].flatMap((names) => [...names.values()]);
  }

  put(kind: string, object: KubeObject): void {
    const { namespace, name } = object.metadata;
    const namespaces = getOrMake(this.#kinds, kind, () => new Map<string, Map<string, KubeObject>>());
    getOrMake(namespaces, namespace, () => new Map<string, KubeObject>()).set(name, object);
  }

  remove(kind: string, { metadata: { namespace, name } }: KubeObject): void {
    const names = this.#kinds.get(kind)?.get(namespace);
    names?.delete(name);
    if (names?.size === 0) this.#kinds.get(kind)?.delete(namespace);
  }

  /**
   * Takes a fresh list for the truth. Returns the objects that differ from what was known, and how many of them the
   * watch should have told, having come as far as `reached`. What was deleted bears no version: it counts.
   */
  replace(
    kind: string,
    objects: readonly KubeObject[],
    reached: string | null = null,
  ): { changed: KubeObject[]; missed: number } {
    const before = new Map(this.all(kind).map((object) => [keyOf(object), object]));
    this.#kinds.delete(kind);
    const changed: KubeObject[] = [];
    for (const object of objects) {
      const known = before.get(keyOf(object));
      const same =
        known?.metadata.resourceVersion === object.metadata.resourceVersion &&
        known?.apiVersion === object.apiVersion;
      if (!same) changed.push(object);
      before.delete(keyOf(object));
      this.put(kind, object);
    }
    const late = changed.filter(({ metadata }) => !isNewer(metadata.resourceVersion, reached));
    return { changed: [...changed, ...before.values()], missed: late.length + before.size };
  }
}

/** Versions are numbers on every API server there is; where not, nothing can be said and the object counts. */
function isNewer(version: string | undefined, reached: string | null): boolean {
  const number = /^\d+$/;
  if (version === undefined || reached === null || !number.test(version) || !number.test(reached))
    return false;
  return BigInt(version) > BigInt(reached);
}

function keyOf({ metadata: { namespace, name } }: KubeObject): string {
  return `${namespace}/${name}`;
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
