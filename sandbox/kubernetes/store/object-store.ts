import { omit } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";

/** One object as it is at one revision. */
export interface Stored {
  readonly object: KubeObject;
  readonly revision: number;
  /** `object` as text without apiVersion and kind, made when first asked for. */
  text: string | undefined;
}

export interface Change {
  type: "ADDED" | "MODIFIED" | "DELETED";
  revision: number;
  storeKey: string;
  now: Stored;
  before: Stored | undefined;
}

/** Where changes are kept, so that they survive a restart. */
export interface ChangeSink {
  write(storeKey: string, objectKey: string, revision: number, object: KubeObject | null): void;
}

const historyLength = 2000;

export function objectKey(namespace: string | undefined, name: string): string {
  return `${namespace ?? ""}/${name}`;
}

/** The object as JSON without apiVersion and kind, and without its opening brace. */
export function restOfText(stored: Stored): string {
  if (stored.text === undefined) {
    stored.text = JSON.stringify(omit(stored.object, "apiVersion", "kind")).slice(1);
  }
  return stored.text;
}

/**
 * The objects of one cluster with one revision counter, a bounded history of changes, and listeners. Everything
 * is synchronous, so a read, a decision and a write in one turn of the event loop are atomic.
 */
export class ObjectStore {
  readonly #objects = new Map<string, Map<string, Stored>>();
  readonly #sorted = new Map<string, Stored[]>();
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #sink: ChangeSink | undefined;
  #history: Change[] = [];
  #revision: number;
  #oldest: number;
  #compacted = 0;

  constructor(sink?: ChangeSink, revision = 1) {
    this.#sink = sink;
    this.#revision = revision;
    this.#oldest = revision;
  }

  get revision(): number {
    return this.#revision;
  }

  /** A watch may start at any revision from here on. */
  get oldestRevision(): number {
    return this.#oldest;
  }

  /** Puts back what a restart read from disk. */
  restore(storeKey: string, key: string, revision: number, object: KubeObject): void {
    this.#mapOf(storeKey).set(key, { object: Object.freeze(object), revision, text: undefined });
    this.#sorted.delete(storeKey);
    this.#revision = Math.max(this.#revision, revision);
    this.#oldest = this.#revision;
  }

  continueAt(revision: number): void {
    this.#revision = Math.max(this.#revision, revision);
    this.#oldest = this.#revision;
  }

  get(storeKey: string, namespace: string | undefined, name: string): Stored | undefined {
    return this.#objects.get(storeKey)?.get(objectKey(namespace, name));
  }

  /** In the order of keys (namespace, name), as etcd has them. */
  list(storeKey: string, namespace?: string): Stored[] {
    let all = this.#sorted.get(storeKey);
    if (!all) {
      const entries = [...(this.#objects.get(storeKey) ?? [])];
      all = entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, stored]) => stored);
      this.#sorted.set(storeKey, all);
    }
    if (namespace === undefined || namespace === "") return all;
    return all.filter((stored) => stored.object.metadata.namespace === namespace);
  }

  storeKeys(): string[] {
    return [...this.#objects].filter(([, objects]) => objects.size > 0).map(([key]) => key);
  }

  /** Stores `object` (its resourceVersion is set here) and tells the listeners. */
  put(storeKey: string, object: KubeObject): Stored {
    const revision = ++this.#revision;
    object.metadata.resourceVersion = String(revision);
    const key = objectKey(object.metadata.namespace, object.metadata.name);
    const objects = this.#mapOf(storeKey);
    const before = objects.get(key);
    const now: Stored = { object: Object.freeze(object), revision, text: undefined };
    objects.set(key, now);
    this.#sorted.delete(storeKey);
    this.#sink?.write(storeKey, key, revision, object);
    this.#tell({ type: before ? "MODIFIED" : "ADDED", revision, storeKey, now, before });
    return now;
  }

  /** Removes the object; its last state, with the revision of the removal, goes to the listeners. */
  remove(storeKey: string, object: KubeObject): Stored {
    const revision = ++this.#revision;
    const key = objectKey(object.metadata.namespace, object.metadata.name);
    const objects = this.#mapOf(storeKey);
    const before = objects.get(key);
    objects.delete(key);
    this.#sorted.delete(storeKey);
    const last: KubeObject = {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(revision) },
    };
    const now: Stored = { object: last, revision, text: undefined };
    this.#sink?.write(storeKey, key, revision, null);
    this.#tell({ type: "DELETED", revision, storeKey, now, before });
    return now;
  }

  /** What happened after `revision`, or undefined when that is too long ago. */
  changesAfter(revision: number): Change[] | undefined {
    if (revision < this.#oldest) return undefined;
    let from = this.#history.length;
    while (from > 0 && (this.#history[from - 1]?.revision ?? 0) > revision) from--;
    return this.#history.slice(from);
  }

  /**
   * The objects as they were at `revision`, or undefined when that is too long ago: what changed since is taken back.
   */
  listAt(storeKey: string, namespace: string | undefined, revision: number): Stored[] | undefined {
    if (revision >= this.#revision) return this.list(storeKey, namespace);
    const since = this.changesAfter(revision)?.filter((change) => change.storeKey === storeKey);
    if (!since) return undefined;
    if (since.length === 0) return this.list(storeKey, namespace);
    const objects = new Map(this.#objects.get(storeKey));
    for (const { now, before } of since.reverse()) {
      const key = objectKey(now.object.metadata.namespace, now.object.metadata.name);
      if (before) objects.set(key, before);
      else objects.delete(key);
    }
    const all = [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, stored]) => stored);
    if (namespace === undefined || namespace === "") return all;
    return all.filter((stored) => stored.object.metadata.namespace === namespace);
  }

  /** What etcd has compacted; kinds that are served from the cache do not notice. */
  get compactedRevision(): number {
    return Math.max(this.#compacted, this.#oldest);
  }

  /** As etcd's compaction: only kinds without a cache notice. */
  compact(revision: number): void {
    this.#compacted = Math.max(this.#compacted, Math.min(revision, this.#revision));
  }

  /** Forgets the history up to `revision` altogether, as a restarted API server over a compacted etcd has. */
  forget(revision: number): void {
    this.#history = this.#history.filter((change) => change.revision > revision);
    this.#oldest = Math.max(this.#oldest, Math.min(revision, this.#revision));
  }

  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #mapOf(storeKey: string): Map<string, Stored> {
    let objects = this.#objects.get(storeKey);
    if (!objects) {
      objects = new Map();
      this.#objects.set(storeKey, objects);
    }
    return objects;
  }

  #tell(change: Change): void {
    this.#history.push(change);
    if (this.#history.length > historyLength * 1.25) {
      const dropped = this.#history.splice(0, this.#history.length - historyLength);
      this.#oldest = dropped.at(-1)?.revision ?? this.#oldest;
    }
    for (const listener of this.#listeners) listener(change);
  }
}
