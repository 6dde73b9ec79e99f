import { fetch } from "undici";
import { z } from "zod";
import type { KindRow } from "../domain/kinds.ts";
import { parseKubeObject, type KubeObject } from "../domain/kube-object.ts";
import { errorFromCause, errorFromStatus } from "./api-error.ts";
import type { Connection } from "./connection.ts";
import { readLines } from "./read-lines.ts";

export interface ListPage {
  objects: KubeObject[];
  resourceVersion: string;
  /** Where the next page starts; "" after the last. */
  continue: string;
}

export type WatchEvent =
  | { type: "ADDED" | "MODIFIED" | "DELETED"; object: KubeObject; resourceVersion: string }
  | { type: "BOOKMARK"; resourceVersion: string };

export interface WatchOptions {
  resourceVersion: string;
  signal: AbortSignal;
  /** Ends the watch when nothing at all, bookmarks included, has come for so long. */
  silenceMs: number;
  /** After which the server closes the watch by itself. */
  timeoutSeconds: number;
  onEvent: (event: WatchEvent) => void;
}

const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string().default(""), continue: z.string().default("") }),
  items: z.array(z.unknown()).nullable().default([]),
});

const eventSchema = z.object({ type: z.string(), object: z.unknown() });
const versionSchema = z.object({ metadata: z.object({ resourceVersion: z.string() }) });

interface Request {
  method?: string;
  body?: string;
  headers?: Record<string, string>;
}

/** A thin client: what the sync engine needs and nothing else. Every failure is a KubeApiError. */
export class KubeClient {
  readonly connection: Connection;
  readonly #deadlineMs: number;

  constructor(connection: Connection, { deadlineMs = 10_000 }: { deadlineMs?: number } = {}) {
    this.connection = connection;
    this.#deadlineMs = deadlineMs;
  }

  /** GET of any path as JSON, body included within the deadline. */
  async get(path: string, signal?: AbortSignal, accept?: string): Promise<unknown> {
    return this.#json(path, signal, accept === undefined ? {} : { headers: { accept } });
  }

  /** POST of a JSON body, as TokenRequest takes it: the only thing but reading that the engine does. */
  async post(path: string, body: unknown, signal?: AbortSignal): Promise<unknown> {
    const headers = { "content-type": "application/json" };
    return this.#json(path, signal, { method: "POST", body: JSON.stringify(body), headers });
  }

  /** Merge patch: for the annotation that asks Flux to reconcile, for a named person, and for nothing else. */
  async patch(path: string, body: unknown, signal?: AbortSignal): Promise<unknown> {
    const headers = { "content-type": "application/merge-patch+json" };
    const query = new URLSearchParams({ fieldManager: "fleetwright" });
    const request = { method: "PATCH", body: JSON.stringify(body), headers };
    return this.#json(`${path}?${query.toString()}`, signal, request);
  }

  async list(path: string, { limit, continueFrom, signal }: ListOptions): Promise<ListPage> {
    const query = new URLSearchParams({ limit: String(limit) });
    if (continueFrom) query.set("continue", continueFrom);
    const { metadata, items } = listSchema.parse(await this.get(`${path}?${query.toString()}`, signal));
    const objects = (items ?? []).flatMap((item) => parseKubeObject(item) ?? []);
    return { objects, resourceVersion: metadata.resourceVersion, continue: metadata.continue };
  }

  /** Resolves when the server closes the watch; rejects on any failure, 410 included. */
  async watch(path: string, options: WatchOptions): Promise<void> {
    const query = new URLSearchParams({
      watch: "true",
      allowWatchBookmarks: "true",
      resourceVersion: options.resourceVersion,
      timeoutSeconds: String(options.timeoutSeconds),
    });
    const quiet = new AbortController();
    const alarm = setTimeout(() => {
      quiet.abort(new DOMException("the watch fell silent", "TimeoutError"));
    }, options.silenceMs);
    try {
      const response = await this.#fetch(
        `${path}?${query.toString()}`,
        AbortSignal.any([options.signal, quiet.signal]),
      );
      if (!response.body) return;
      for await (const line of readLines(response.body)) {
        alarm.refresh();
        options.onEvent(parseEvent(line));
      }
    } catch (error) {
      throw errorFromCause(error);
    } finally {
      clearTimeout(alarm);
    }
  }

  async #json(path: string, signal: AbortSignal | undefined, request: Request): Promise<unknown> {
    const deadline = AbortSignal.timeout(this.#deadlineMs);
    try {
      const both = signal ? AbortSignal.any([signal, deadline]) : deadline;
      return await (await this.#fetch(path, both, request)).json();
    } catch (error) {
      throw errorFromCause(error);
    }
  }

  async #fetch(path: string, signal: AbortSignal, request: Request = {}) {
    const { server, dispatcher, headers } = this.connection;
    const response = await fetch(`${server}${path}`, {
      ...request,
      dispatcher,
      signal,
      redirect: "error",
      headers: { accept: "application/json", ...request.headers, ...(await headers()) },
    });
    if (response.ok) return response;
    throw errorFromStatus(await response.json().catch(() => null), response.status);
  }
}

export interface ListOptions {
  limit: number;
  continueFrom: string;
  signal?: AbortSignal | undefined;
}

/** Collection path of a kind in one of its versions, over all namespaces. */
export function collectionPath(
  { group, plural }: Pick<KindRow, "group" | "plural">,
  version: string,
): string {
  return group === "" ? `/api/${version}/${plural}` : `/apis/${group}/${version}/${plural}`;
}

function parseEvent(line: string): WatchEvent {
  const { type, object } = eventSchema.parse(JSON.parse(line));
  if (type === "ERROR") throw errorFromStatus(object, 500);
  if (type === "BOOKMARK")
    return { type, resourceVersion: versionSchema.parse(object).metadata.resourceVersion };
  const parsed = parseKubeObject(object);
  if (parsed === null || (type !== "ADDED" && type !== "MODIFIED" && type !== "DELETED")) {
    throw new Error(`unreadable watch event ${type}`);
  }
  return { type, object: parsed, resourceVersion: parsed.metadata.resourceVersion ?? "" };
}
