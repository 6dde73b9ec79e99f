import { Agent } from "undici";
import type { Dispatcher } from "undici";
import type { Connection } from "../../contracts.ts";
import { ApiError, isNotFound } from "./api-error.ts";
import { apiVersionOf, pathOf } from "./kind.ts";
import type { Kind } from "./kind.ts";
import type { Unstructured } from "./objects.ts";
import { readWatchStream } from "./watch-stream.ts";
import type { WatchEvent } from "./watch-stream.ts";

/** Settings of a client. */
export interface ClientOptions {
  /** Written into managedFields. */
  fieldManager: string;
  /** How long one answer may take; 30 s unless told. */
  timeoutMs?: number;
}

/** What a list is narrowed by. */
export interface ListOptions {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

/** A whole list, all pages of it. */
export interface ObjectList<T> {
  items: T[];
  resourceVersion: string;
}

/** From where a watch goes on. */
export interface WatchOptions extends ListOptions {
  resourceVersion: string;
  /** After how long the server ends the stream in good order; 5–10 minutes unless told. */
  timeoutSeconds?: number;
}

/** One call of `raw`. */
export interface RawRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path below the server's URL, with its query. */
  path: string;
  body?: unknown;
  contentType?: string;
  signal?: AbortSignal;
}

/** Options of server-side apply. */
export interface ApplyOptions {
  force?: boolean;
  dryRun?: boolean;
  /** Another field manager than the client's. */
  fieldManager?: string;
}

const PAGE = "500";
const WATCH_SECONDS = 300;

/**
 * An ordinary Kubernetes client over one keep-alive pool. Every call throws `ApiError` for an answer that is no
 * success and undici's own errors when the server cannot be reached.
 */
export class KubeClient {
  readonly connection: Connection;
  readonly fieldManager: string;
  readonly #timeoutMs: number;
  readonly #agent: Agent;
  readonly #origin: string;
  readonly #prefix: string;

  constructor(connection: Connection, options: ClientOptions) {
    const url = new URL(connection.server);
    this.connection = connection;
    this.fieldManager = options.fieldManager;
    this.#timeoutMs = options.timeoutMs ?? 30_000;
    this.#origin = url.origin;
    this.#prefix = url.pathname.replace(/\/$/, "");
    this.#agent = new Agent({
      allowH2: false,
      keepAliveTimeout: 20_000,
      connect: {
        ca: connection.ca,
        cert: connection.clientCertificate,
        key: connection.clientKey,
        timeout: Math.min(this.#timeoutMs, 10_000),
      },
    });
  }

  /** Reads one object; throws `ApiError` 404 when it is not there. */
  async get<T extends Unstructured = Unstructured>(kind: Kind, name: string, namespace?: string): Promise<T> {
    return (await this.raw({ method: "GET", path: pathOf(kind, namespace, name) })) as T;
  }

  /** Reads one object, or undefined when it (or its kind) is not there. */
  async find<T extends Unstructured = Unstructured>(
    kind: Kind,
    name: string,
    namespace?: string,
  ): Promise<T | undefined> {
    try {
      return await this.get<T>(kind, name, namespace);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** Lists a kind to the end, page by page; items get their `apiVersion` and `kind`, which lists leave out. */
  async list<T extends Unstructured = Unstructured>(
    kind: Kind,
    options: ListOptions = {},
  ): Promise<ObjectList<T>> {
    const items: T[] = [];
    let token: string | undefined;
    for (;;) {
      const query = selectorQuery(options, { limit: PAGE, continue: token });
      const path = `${pathOf(kind, options.namespace)}?${query}`;
      const page = (await this.raw({ method: "GET", path })) as {
        metadata: { resourceVersion: string; continue?: string };
        items?: T[] | null;
      };
      for (const item of page.items ?? [])
        items.push({ ...item, apiVersion: apiVersionOf(kind), kind: kind.kind });
      token = page.metadata.continue;
      if (token === undefined || token === "")
        return { items, resourceVersion: page.metadata.resourceVersion };
    }
  }

  /** Creates an object; 409 AlreadyExists when it is there. */
  async create<T extends Unstructured>(kind: Kind, object: T): Promise<T> {
    const path = `${pathOf(kind, object.metadata.namespace)}?${this.#manager()}`;
    return (await this.raw({ method: "POST", path, body: object })) as T;
  }

  /** Replaces an object; 409 Conflict when its resourceVersion is not the stored one. */
  async update<T extends Unstructured>(kind: Kind, object: T, subresource?: "status"): Promise<T> {
    const { name, namespace } = object.metadata;
    const path = `${pathOf(kind, namespace, name, subresource)}?${this.#manager()}`;
    return (await this.raw({ method: "PUT", path, body: object })) as T;
  }

  /** JSON merge patch; put `metadata.resourceVersion` into the patch to write only onto what was read. */
  async patch<T extends Unstructured = Unstructured>(
    kind: Kind,
    name: string,
    namespace: string | undefined,
    patch: unknown,
    subresource?: string,
  ): Promise<T> {
    const path = `${pathOf(kind, namespace, name, subresource)}?${this.#manager()}`;
    return (await this.raw({ method: "PATCH", path, body: patch, contentType: MERGE })) as T;
  }

  /** JSON merge patch of the status subresource: `patchStatus(kind, name, ns, {status: {…}})`. */
  patchStatus<T extends Unstructured = Unstructured>(
    kind: Kind,
    name: string,
    namespace: string | undefined,
    patch: unknown,
  ): Promise<T> {
    return this.patch<T>(kind, name, namespace, patch, "status");
  }

  /** Server-side apply, forced unless told otherwise. */
  async apply<T extends Unstructured>(kind: Kind, object: T, options: ApplyOptions = {}): Promise<T> {
    const query = new URLSearchParams({
      fieldManager: options.fieldManager ?? this.fieldManager,
      force: String(options.force ?? true),
    });
    if (options.dryRun === true) query.set("dryRun", "All");
    const path = `${pathOf(kind, object.metadata.namespace, object.metadata.name)}?${query.toString()}`;
    return (await this.raw({ method: "PATCH", path, body: object, contentType: APPLY })) as T;
  }

  /** Deletes an object; resolves also when it is gone already. */
  async delete(
    kind: Kind,
    name: string,
    namespace?: string,
    options: { propagation?: "Background" | "Foreground" | "Orphan"; uid?: string } = {},
  ): Promise<void> {
    const body = {
      kind: "DeleteOptions",
      apiVersion: "v1",
      propagationPolicy: options.propagation ?? "Background",
      ...(options.uid === undefined ? {} : { preconditions: { uid: options.uid } }),
    };
    try {
      await this.raw({ method: "DELETE", path: pathOf(kind, namespace, name), body });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  /** Any call; answers the parsed JSON body, undefined when it is empty. */
  async raw(request: RawRequest): Promise<unknown> {
    const answer = await this.#send(request, this.#timeoutMs);
    const text = await answer.body.text();
    if (answer.statusCode >= 400) throw ApiError.fromBody(answer.statusCode, text);
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  }

  /**
   * Watches until the server ends the stream (resolves), `signal` aborts (resolves) or it breaks (throws).
   * An `ERROR` event, 410 Gone for one, is thrown as `ApiError`. Bookmarks are passed on.
   */
  async watch(
    kind: Kind,
    options: WatchOptions,
    onEvent: (event: WatchEvent) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const seconds = options.timeoutSeconds ?? WATCH_SECONDS + Math.floor(Math.random() * WATCH_SECONDS);
    const query = selectorQuery(options, {
      watch: "true",
      allowWatchBookmarks: "true",
      resourceVersion: options.resourceVersion,
      timeoutSeconds: String(seconds),
    });
    const path = `${pathOf(kind, options.namespace)}?${query}`;
    try {
      // A stream that outlives its own time by this much has lost its server.
      const answer = await this.#send({ method: "GET", path, signal }, (seconds + 30) * 1000);
      if (answer.statusCode >= 400) throw ApiError.fromBody(answer.statusCode, await answer.body.text());
      await readWatchStream(answer.body, onEvent);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Closes the connections, cutting what is in flight. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  #manager(): string {
    return new URLSearchParams({ fieldManager: this.fieldManager }).toString();
  }

  #send(request: RawRequest, bodyTimeout: number): Promise<Dispatcher.ResponseData> {
    const headers: Record<string, string> = { accept: "application/json" };
    if (this.connection.token !== undefined) headers.authorization = `Bearer ${this.connection.token}`;
    if (request.body !== undefined) headers["content-type"] = request.contentType ?? "application/json";
    return this.#agent.request({
      origin: this.#origin,
      path: this.#prefix + request.path,
      method: request.method,
      headers,
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
      signal: request.signal,
      headersTimeout: this.#timeoutMs,
      bodyTimeout,
    });
  }
}

const MERGE = "application/merge-patch+json";
const APPLY = "application/apply-patch+yaml";

function selectorQuery(options: ListOptions, more: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  const all = { labelSelector: options.labelSelector, fieldSelector: options.fieldSelector, ...more };
  for (const [name, value] of Object.entries(all))
    if (value !== undefined && value !== "") query.set(name, value);
  return query.toString();
}
