import { objectKey, type KubeObject } from "../../domain/kube-object.ts";

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

  /** Takes a fresh list for the truth. Returns the objects that differ from what was known. */
  replace(kind: string, objects: readonly KubeObject[]): KubeObject[] {
    const before = new Map(this.all(kind).map((object) => [objectKey(object), object]));
    this.#kinds.delete(kind);
    const changed: KubeObject[] = [];
    for (const object of objects) {
      const known = before.get(objectKey(object));
      const same =
        known?.metadata.resourceVersion === object.metadata.resourceVersion &&
        known?.apiVersion === object.apiVersion;
      if (!same) changed.push(object);
      before.delete(objectKey(object));
      this.put(kind, object);
    }
    return [...changed, ...before.values()];
  }
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
