import { setTimeout as pause } from "node:timers/promises";
import type { KindRow } from "../../domain/kinds.ts";
import type { KubeObject } from "../../domain/kube-object.ts";
import { aborted } from "../../kubernetes/aborted.ts";
import { errorFromCause, type KubeApiError } from "../../kubernetes/api-error.ts";
import { collectionPath, type KubeClient } from "../../kubernetes/client.ts";
import { listWatch } from "../../kubernetes/list-watch.ts";
import { servedVersion } from "../../kubernetes/served-version.ts";
import type { ObjectCache } from "./object-cache.ts";
import type { SyncTimings } from "./options.ts";

export interface WatchKindsOptions {
  client: KubeClient;
  kinds: readonly KindRow[];
  cache: ObjectCache;
  timings: SyncTimings;
  signal: AbortSignal;
  /** Kinds never listed so far; what is listed or known to be missing is taken out. */
  waiting: Set<string>;
  onChange: (kind: KindRow, objects: readonly KubeObject[]) => void;
  /** A relist differed from what the watch had told. */
  onMissed: (count: number) => void;
  onError: (kind: KindRow, error: KubeApiError) => void;
}

/** Keeps the cache equal to one API server, each kind on its own: one that fails or is missing degrades alone. */
export function watchKinds(options: WatchKindsOptions): void {
  for (const kind of options.kinds) void keepKind(options, kind);
}

async function keepKind(options: WatchKindsOptions, kind: KindRow): Promise<void> {
  const { client, signal, timings, waiting, onChange, onError } = options;
  let attempts = 0;
  while (!signal.aborted) {
    let delayMs = timings.discoveryMs;
    try {
      const version = await servedVersion(client, kind, signal);
      attempts = 0;
      if (version === null) {
        if (waiting.delete(kind.kind)) onChange(kind, []);
      } else {
        await watchVersion(options, kind, version);
      }
    } catch (cause) {
      if (aborted(signal)) return;
      onError(kind, errorFromCause(cause));
      delayMs = Math.min(timings.maxBackoffMs, 500 * 2 ** attempts++) * (0.5 + Math.random() / 2);
    }
    await pause(delayMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Returns when the kind is no longer served in this version. */
async function watchVersion(options: WatchKindsOptions, kind: KindRow, version: string): Promise<void> {
  const { client, cache, timings, signal, waiting, onChange, onMissed, onError } = options;
  const gone = new AbortController();
  await listWatch({
    client,
    path: collectionPath(kind, version),
    signal: AbortSignal.any([signal, gone.signal]),
    maxBackoffMs: timings.maxBackoffMs,
    onList(objects) {
      const changed = cache.replace(
        kind.kind,
        objects.map((object) => ({ ...object, kind: kind.kind })),
      );
      if (!waiting.delete(kind.kind)) onMissed(changed.length);
      onChange(kind, changed);
    },
    onEvent({ type, object }) {
      const named = { ...object, kind: kind.kind };
      if (type === "DELETED") cache.remove(kind.kind, named);
      else cache.put(kind.kind, named);
      onChange(kind, [named]);
    },
    onContact: () => undefined,
    onError(error) {
      onError(kind, error);
      // A kind we may not read holds up none but itself; the clusters are what all else hangs on.
      if (error.forbidden && kind.kind !== "Cluster" && waiting.delete(kind.kind)) onChange(kind, []);
      if (error.status === 404) gone.abort();
    },
  });
}
