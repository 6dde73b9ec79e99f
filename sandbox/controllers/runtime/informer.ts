import { isExpired, isNotFound } from "./api-error.ts";
import { backoffMs, pause } from "./backoff.ts";
import type { Kind } from "./kind.ts";
import type { KubeClient, ListOptions } from "./kube-client.ts";
import { log } from "./log.ts";
import { keyOf } from "./objects.ts";
import type { Unstructured } from "./objects.ts";
import type { WatchEvent } from "./watch-stream.ts";

/** A change of the cache; `old` is absent for an addition, `object` is the last state for a deletion. */
export interface Change {
  type: "added" | "updated" | "deleted";
  object: Unstructured;
  old?: Unstructured;
}

type IndexFunction = (object: Unstructured) => string[];

/** A kind that is not served (yet) is looked for at least this often. */
const MISSING_KIND_MS = 15_000;

/**
 * A cache of one kind, kept by list and watch: relists on 410, goes on from the last resourceVersion after an
 * ordinary end, backs off when the server cannot be reached. Objects in it are shared: do not change them.
 */
export class Informer {
  readonly #client: KubeClient;
  readonly #kind: Kind;
  readonly #options: ListOptions;
  readonly #objects = new Map<string, Unstructured>();
  readonly #indexes = new Map<string, { of: IndexFunction; keys: Map<string, Set<string>> }>();
  readonly #handlers = new Set<(change: Change) => void>();
  readonly #abort = new AbortController();
  readonly #synced = Promise.withResolvers<undefined>();
  #isSynced = false;
  #loop: Promise<void> | undefined;
  #version: string | undefined;

  constructor(client: KubeClient, kind: Kind, options: ListOptions = {}) {
    this.#client = client;
    this.#kind = kind;
    this.#options = options;
  }

  /** Starts the loop once; later calls do nothing. */
  start(): this {
    this.#loop ??= this.#run();
    return this;
  }

  /** Resolves after the first complete list, and on close. */
  async synced(): Promise<void> {
    await this.#synced.promise;
  }

  /** Whether the first list is in. */
  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** Calls back on every change, at once for what is cached already; answers how to stop. */
  onChange(handler: (change: Change) => void): () => void {
    this.#handlers.add(handler);
    for (const object of this.#objects.values()) handler({ type: "added", object });
    return () => this.#handlers.delete(handler);
  }

  /** Adds an index; `of` answers the values an object is found under. */
  addIndex(name: string, of: IndexFunction): this {
    const index = { of, keys: new Map<string, Set<string>>() };
    this.#indexes.set(name, index);
    for (const [key, object] of this.#objects) enter(index, key, object);
    return this;
  }

  /** One object from the cache by name. */
  get(name: string, namespace?: string): Unstructured | undefined {
    return this.#objects.get(keyOf({ metadata: { name, namespace } }));
  }

  /** All cached objects, of one namespace when told. */
  list(namespace?: string): Unstructured[] {
    const all = [...this.#objects.values()];
    return namespace === undefined ? all : all.filter((object) => object.metadata.namespace === namespace);
  }

  /** The objects an index holds under a value. */
  byIndex(name: string, value: string): Unstructured[] {
    const keys = this.#indexes.get(name)?.keys.get(value) ?? new Set<string>();
    return [...keys].map((key) => this.#objects.get(key)).filter((object) => object !== undefined);
  }

  /** Ends the watch; the cache stays readable. */
  async close(): Promise<void> {
    this.#abort.abort();
    this.#synced.resolve(undefined);
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { signal } = this.#abort;
    let failures = 0;
    while (!signal.aborted) {
      try {
        this.#version ??= await this.#relist();
        await this.#watch();
        failures = 0;
      } catch (error) {
        if (this.#abort.signal.aborted) return;
        if (isExpired(error)) {
          this.#version = undefined;
          continue;
        }
        // A kind that went away, or a server that was replaced: what was known is no longer sure.
        if (isNotFound(error)) this.#replace([]);
        this.#version = undefined;
        log.debug({ kind: this.#kind.kind, server: this.#client.connection.server, error }, "watch failed");
        await pause(backoffMs(failures++, 750, isNotFound(error) ? MISSING_KIND_MS : undefined), signal);
      }
    }
  }

  async #relist(): Promise<string> {
    const list = await this.#client.list(this.#kind, this.#options);
    this.#replace(list.items);
    this.#isSynced = true;
    this.#synced.resolve(undefined);
    return list.resourceVersion;
  }

  async #watch(): Promise<void> {
    const resourceVersion = this.#version ?? "";
    const options = { ...this.#options, resourceVersion };
    const started = Date.now();
    await this.#client.watch(this.#kind, options, (event) => this.#take(event), this.#abort.signal);
    // A server that ends every watch at once must not be asked in a loop.
    if (Date.now() - started < 1_000) await pause(1_000, this.#abort.signal);
  }

  #take(event: WatchEvent): void {
    this.#version = event.object.metadata.resourceVersion ?? this.#version;
    if (event.type === "BOOKMARK") return;
    if (event.type === "DELETED") this.#remove(keyOf(event.object), event.object);
    else this.#set(event.object);
  }

  #replace(items: Unstructured[]): void {
    const there = new Set(items.map(keyOf));
    for (const [key, object] of [...this.#objects]) if (!there.has(key)) this.#remove(key, object);
    for (const item of items) {
      const known = this.#objects.get(keyOf(item));
      if (known?.metadata.resourceVersion !== item.metadata.resourceVersion || known === undefined)
        this.#set(item);
    }
  }

  #set(object: Unstructured): void {
    const key = keyOf(object);
    const old = this.#objects.get(key);
    this.#objects.set(key, object);
    for (const index of this.#indexes.values()) {
      if (old !== undefined) leave(index, key, old);
      enter(index, key, object);
    }
    this.#emit(old === undefined ? { type: "added", object } : { type: "updated", object, old });
  }

  #remove(key: string, object: Unstructured): void {
    const old = this.#objects.get(key);
    if (old === undefined) return;
    this.#objects.delete(key);
    for (const index of this.#indexes.values()) leave(index, key, old);
    this.#emit({ type: "deleted", object, old });
  }

  #emit(change: Change): void {
    for (const handler of this.#handlers) handler(change);
  }
}

type Index = { of: IndexFunction; keys: Map<string, Set<string>> };

function enter(index: Index, key: string, object: Unstructured): void {
  for (const value of index.of(object)) {
    const keys = index.keys.get(value) ?? new Set<string>();
    index.keys.set(value, keys.add(key));
  }
}

function leave(index: Index, key: string, object: Unstructured): void {
  for (const value of index.of(object)) {
    const keys = index.keys.get(value);
    keys?.delete(key);
    if (keys?.size === 0) index.keys.delete(value);
  }
}
