import { setTimeout as pause } from "node:timers/promises";
import { decorrelatedJitterGenerator, ExponentialBackoff } from "cockatiel";
import type { KindRow } from "../../domain/kinds.ts";
import { objectKey, type KubeObject } from "../../domain/kube-object.ts";
import { aborted } from "../../kubernetes/aborted.ts";
import { errorFromCause, type KubeApiError } from "../../kubernetes/api-error.ts";
import { collectionPath, type KubeClient } from "../../kubernetes/client.ts";
import { Discovery } from "../../kubernetes/discovery.ts";
import { listWatch, type ListOrigin } from "../../kubernetes/list-watch.ts";
import type { KindBook } from "./kind-book.ts";
import type { Missed } from "./metrics.ts";
import type { ObjectCache } from "./object-cache.ts";
import type { SyncTimings } from "./options.ts";

export interface WatchKindsOptions {
  client: KubeClient;
  kinds: readonly KindRow[];
  cache: ObjectCache;
  book: KindBook;
  timings: SyncTimings;
  signal: AbortSignal;
  onChange: (kind: KindRow, objects: readonly KubeObject[]) => void;
  onMissed: (missed: Missed) => void;
  onError: (kind: KindRow, error: KubeApiError) => void;
}

/** Keeps the cache equal to one API server, each kind on its own: one that fails or is missing degrades alone. */
export function watchKinds(options: WatchKindsOptions): void {
  const discovery = new Discovery(options.client, options.timings.discoveryMs * 0.9);
  for (const kind of options.kinds) void keepKind(options, discovery, kind);
}

/**
 * A new cluster gets its Flux some seconds after its API server: what is not served is looked for soon at first (as a
 * part of `discoveryMs`), then less and less often.
 */
const soonest = 1 / 12;

async function keepKind(options: WatchKindsOptions, discovery: Discovery, kind: KindRow): Promise<void> {
  const { signal, timings, cache, book, onChange } = options;
  const backoff = new ExponentialBackoff({
    initialDelay: 500,
    maxDelay: timings.maxBackoffMs,
    generator: decorrelatedJitterGenerator,
  });
  let step = backoff.next();
  let absentMs = timings.discoveryMs * soonest;
  while (!signal.aborted) {
    let delayMs = absentMs;
    try {
      const version = await discovery.versionOf(kind, signal, absentMs * 0.9);
      step = backoff.next();
      if (version !== null) {
        await watchVersion(options, discovery, kind, version);
        delayMs = 0;
      } else {
        absentMs = Math.min(timings.discoveryMs, absentMs * 2);
        const { news, sure } = book.absent(kind);
        const gone = sure ? cache.replace(kind.kind, []) : [];
        if (news || gone.length > 0) onChange(kind, gone);
      }
    } catch (cause) {
      if (aborted(signal)) return;
      report(options, kind, errorFromCause(cause));
      delayMs = step.duration;
      step = step.next(undefined);
    }
    await pause(delayMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Returns when the kind is no longer served in this version, or a better one is. */
async function watchVersion(
  options: WatchKindsOptions,
  discovery: Discovery,
  kind: KindRow,
  version: string,
): Promise<void> {
  const { client, cache, book, timings, signal, onChange, onMissed } = options;
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  const apiVersion = kind.group === "" ? version : `${kind.group}/${version}`;
  const named = (object: KubeObject): KubeObject => lean({ ...object, apiVersion, kind: kind.kind });
  void endWhenMoved(discovery, kind, version, { timings, over, signal: both });
  await listWatch({
    client,
    path: collectionPath(kind, version),
    signal: both,
    maxBackoffMs: timings.maxBackoffMs,
    relistAfterMs: timings.resyncMs,
    onList(objects, origin) {
      const changed = cache.replace(kind.kind, objects.map(named));
      const count = changed.filter((object) => !origin.told.has(objectKey(object))).length;
      if (!book.listed(kind, version) && count > 0)
        onMissed({ kind: kind.kind, count, cause: causeOf(origin) });
      onChange(kind, changed);
    },
    onEvent({ type, object }) {
      if (type === "DELETED") cache.remove(kind.kind, named(object));
      else cache.put(kind.kind, named(object));
      onChange(kind, [named(object)]);
    },
    onWatching: () => {
      book.watched(kind);
    },
    onError(error) {
      report(options, kind, error);
      if (error.status !== 404) return;
      discovery.forget();
      over.abort();
    },
  });
}

/** A node lists every image it holds, which would be most of what we keep of it. */
function lean(object: KubeObject): KubeObject {
  if (object.kind !== "Node" || typeof object.status !== "object" || object.status === null) return object;
  return { ...object, status: { ...object.status, images: undefined } };
}

function report({ book, onError, onChange }: WatchKindsOptions, kind: KindRow, error: KubeApiError): void {
  onError(kind, error);
  if (book.failed(kind, error)) onChange(kind, []);
}

/** What a session that began anew lists again, the broken watches of the one before had missed. */
const causeOf = ({ cause }: ListOrigin): Missed["cause"] => (cause === "resync" ? "resync" : "relist");

/** A management cluster that is upgraded serves another version one day; nothing else would tell us. */
async function endWhenMoved(
  discovery: Discovery,
  kind: KindRow,
  version: string,
  { timings, over, signal }: { timings: SyncTimings; over: AbortController; signal: AbortSignal },
): Promise<void> {
  while (!aborted(signal)) {
    await pause(timings.discoveryMs, undefined, { signal }).catch(() => undefined);
    const served = await discovery.versionOf(kind, signal).catch(() => null);
    // Gone altogether shows as 404, which cannot be mistaken.
    if (served !== null && served !== version) over.abort();
  }
}
