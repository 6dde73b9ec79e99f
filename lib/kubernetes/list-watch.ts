import { decorrelatedJitterGenerator, ExponentialBackoff } from "cockatiel";
import { setTimeout as pause } from "node:timers/promises";
import { objectKey, type KubeObject } from "../domain/kube-object.ts";
import { aborted } from "./aborted.ts";
import { errorFromCause, type KubeApiError } from "./api-error.ts";
import type { KubeClient, WatchEvent } from "./client.ts";

/** Why all was listed. What then differs from what was known, the watch has missed, save what it would have told. */
export interface ListOrigin {
  cause: "first" | "resync" | "relist";
  /** Keys of objects that changed between the end of the watch and the list. */
  told: ReadonlySet<string>;
}

export interface ListWatchOptions {
  client: KubeClient;
  /** Collection path; asked before every list, for served versions change. */
  path: string;
  /** The whole collection, after every list: what is not in it is gone. */
  onList: (objects: KubeObject[], list: ListOrigin) => void;
  onEvent: (event: Extract<WatchEvent, { object: KubeObject }>) => void;
  /** The watch is allowed and alive: it said something, or ended in good order. */
  onWatching: () => void;
  /** The next attempt follows by itself; 404 means that the kind is no longer served. */
  onError: (error: KubeApiError) => void;
  signal: AbortSignal;
  /** Objects per page. */
  pageSize?: number;
  maxBackoffMs?: number;
  /** How old a list may grow before all is listed again, whatever the watch said. */
  relistAfterMs?: number;
  /** See WatchOptions. API servers send a bookmark about once a minute. */
  silenceMs?: number;
}

/**
 * Lists, then watches, for ever. The list is the truth and the watch an optimisation of it: after 410, a
 * refused version or an unreadable event everything is listed again; a watch that merely ended goes on from its
 * last version. Resolves when the signal aborts; never rejects.
 */
export async function listWatch(options: ListWatchOptions): Promise<void> {
  const { signal, maxBackoffMs = 60_000, relistAfterMs = 15 * 60_000 } = options;
  const backoff = new ExponentialBackoff({
    initialDelay: 500,
    maxDelay: maxBackoffMs,
    generator: decorrelatedJitterGenerator,
  });
  let step = backoff.next();
  let resourceVersion: string | null = null;
  let listedAt = 0;
  let began = 0;
  let expired = false;
  let cut = false;
  while (!signal.aborted) {
    try {
      if (cut && resourceVersion !== null && (await startsAnew(options, resourceVersion)))
        resourceVersion = null;
      cut = false;
      if (resourceVersion === null || performance.now() - listedAt >= relistAfterMs) {
        const cause = listedAt === 0 ? "first" : "relist";
        resourceVersion = await listAll(options, resourceVersion, cause);
        listedAt = performance.now();
      }
      began = performance.now();
      resourceVersion = await watchFrom(options, resourceVersion, listedAt + relistAfterMs - began);
      // A server that closes watches at once must not be asked in a tight loop.
      if (performance.now() - began < 1_000) await pause(1_000, undefined, { signal });
      step = backoff.next();
      expired = false;
    } catch (cause) {
      if (aborted(signal)) return;
      // A watch that lived long was a good one, however it ended.
      if (cause instanceof WatchBroken && performance.now() - began > 30_000) {
        step = backoff.next();
        expired = false;
      }
      const error = errorFromCause(cause instanceof WatchBroken ? cause.cause : cause);
      // Only silence leaves the version usable: the events we missed are still to be had.
      resourceVersion = cause instanceof WatchBroken && error.silent ? cause.resourceVersion : null;
      cut = resourceVersion !== null;
      // Once is the way of watches; a server that goes on like that is not listed in a tight loop.
      if (error.expired && !expired) {
        expired = true;
        continue;
      }
      options.onError(error);
      const delayMs: number = step.duration;
      step = step.next(undefined);
      await pause(delayMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Keeps how far the watch had come. */
class WatchBroken extends Error {
  readonly resourceVersion: string;

  constructor(resourceVersion: string, cause: unknown) {
    super("the watch broke", { cause });
    this.resourceVersion = resourceVersion;
  }
}

/**
 * True where the server has not yet come as far as we have: it was restored from a backup, or is another one. A watch
 * from a version of the future tells nothing, without an error, until that version comes.
 */
async function startsAnew({ client, path, signal }: ListWatchOptions, reached: string): Promise<boolean> {
  try {
    const { resourceVersion } = await client.list(path, { limit: 1, continueFrom: "", signal });
    const numbers = [resourceVersion, reached].every((version) => /^\d+$/.test(version));
    return numbers && BigInt(resourceVersion) < BigInt(reached);
  } catch (cause) {
    throw new WatchBroken(reached, cause);
  }
}

async function listAll(
  options: ListWatchOptions,
  reached: string | null,
  cause: "first" | "relist",
): Promise<string> {
  const { client, path, onList, signal, pageSize = 500 } = options;
  const objects: KubeObject[] = [];
  let continueFrom = "";
  let resourceVersion: string;
  do {
    const page = await client.list(path, { limit: pageSize, continueFrom, signal });
    objects.push(...page.objects);
    continueFrom = page.continue;
    resourceVersion = page.resourceVersion;
  } while (continueFrom !== "");
  if (reached === null) onList(objects, { cause, told: new Set() });
  else onList(objects, { cause: "resync", told: await changedSince(options, reached) });
  return resourceVersion;
}

/** What a working watch would have told since it ended: asked of one that ends after a second. */
async function changedSince({ client, path, signal }: ListWatchOptions, from: string): Promise<Set<string>> {
  const told = new Set<string>();
  await client.watch(path, {
    resourceVersion: from,
    signal,
    silenceMs: 5_000,
    timeoutSeconds: 1,
    onEvent(event) {
      if (event.type !== "BOOKMARK") told.add(objectKey(event.object));
    },
  });
  return told;
}

/** Returns the version reached when the server closed the watch in good order, at the latest when a resync is due. */
async function watchFrom(options: ListWatchOptions, from: string, mostMs: number): Promise<string> {
  const { client, path, onEvent, onWatching, signal, silenceMs = 150_000 } = options;
  let reached = from;
  try {
    await client.watch(path, {
      resourceVersion: from,
      signal,
      silenceMs,
      // Between 4 and 6 minutes: not all of them at once.
      timeoutSeconds: Math.max(1, Math.min(Math.ceil(mostMs / 1000), 240 + Math.floor(Math.random() * 120))),
      onEvent(event) {
        onWatching();
        if (event.type !== "BOOKMARK") onEvent(event);
        reached = event.resourceVersion || reached;
      },
    });
    onWatching();
    return reached;
  } catch (cause) {
    throw new WatchBroken(reached, cause);
  }
}
