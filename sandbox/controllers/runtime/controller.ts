import type { Running } from "../../contracts.ts";
import { isConflict } from "./api-error.ts";
import type { Change, Informer } from "./informer.ts";
import { Informers } from "./informers.ts";
import type { Kind } from "./kind.ts";
import type { KubeClient, ListOptions } from "./kube-client.ts";
import { log } from "./log.ts";
import type { Unstructured } from "./objects.ts";
import { WorkQueue } from "./work-queue.ts";
import type { Handled } from "./work-queue.ts";

/** One kind a controller looks at. */
export interface Watch {
  kind: Kind;
  /** The keys to reconcile after a change of this object. */
  map: (object: Unstructured, change: Change) => string[];
  /** Narrows the watch. */
  options?: ListOptions;
}

/** What makes a controller. */
export interface ControllerOptions {
  client: KubeClient;
  name: string;
  watches: Watch[];
  /** Told one key at a time; throwing means trying again with backoff. */
  reconcile: (key: string) => Promise<Handled> | Promise<void>;
  /** Keys handled at once; 4 unless told. */
  concurrency?: number;
  /** Which keys go before others: the lower the sooner; in the order they came unless told. */
  rank?: (key: string) => number;
  /** Shared informers; without them the controller has its own and ends them when it closes. */
  informers?: Informers;
}

/** A running controller. */
export interface Controller extends Running {
  /** The cache of a kind (one of the watches, or made now). */
  informer(kind: Kind, options?: ListOptions): Informer;
  /** Asks for a key outside of any watch. */
  enqueue(key: string, afterMs?: number): void;
  /** Resolves when the first lists of all watched kinds are in. */
  synced(): Promise<void>;
}

/** Starts list-then-watch caches and a work queue; reconciling begins when every watched kind is listed. */
export function startController(options: ControllerOptions): Controller {
  const informers = options.informers ?? new Informers(options.client);
  const queue = new WorkQueue({
    concurrency: options.concurrency ?? 4,
    rank: options.rank,
    handle: async (key) => (await options.reconcile(key)) ?? undefined,
    onError: (key, error) => {
      // Losing a race is ordinary: the newer object is on its way through the watch.
      const level = isConflict(error) || isReported(error) ? "debug" : "warn";
      log[level]({ controller: options.name, key, error: String(error) }, "reconcile failed");
    },
  });
  const watched = options.watches.map((watch) => ({
    watch,
    informer: informers.of(watch.kind, watch.options),
  }));
  const stops: (() => void)[] = [];
  let closed = false;
  const synced = Promise.all(watched.map(({ informer }) => informer.synced())).then(() => {
    if (closed) return;
    for (const { watch, informer } of watched) {
      stops.push(
        informer.onChange((change) => {
          for (const key of watch.map(change.object, change)) queue.add(key);
        }),
      );
    }
  });
  return {
    informer: (kind, selection) => informers.of(kind, selection),
    enqueue: (key, afterMs) => {
      queue.add(key, afterMs);
    },
    synced: () => synced,
    close: async () => {
      closed = true;
      for (const stop of stops.splice(0)) stop();
      await queue.close();
      if (options.informers === undefined) await informers.close();
    },
  };
}

/** An error with `isReported: true` is told in the object's own status; the log need not repeat it. */
function isReported(error: unknown): boolean {
  return error instanceof Error && "isReported" in error && error.isReported === true;
}
