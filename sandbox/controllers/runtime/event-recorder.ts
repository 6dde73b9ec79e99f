import { isNotFound } from "./api-error.ts";
import { pause } from "./backoff.ts";
import { kubeTime } from "./conditions.ts";
import { kinds } from "./kind.ts";
import type { KubeClient } from "./kube-client.ts";
import { log } from "./log.ts";
import { refOf } from "./objects.ts";
import type { Unstructured } from "./objects.ts";

/** What an event says about its object. */
export interface EventNote {
  type: "Normal" | "Warning";
  reason: string;
  message: string;
  annotations?: Record<string, string>;
}

interface Seen {
  name: string;
  namespace: string;
  count: number;
}

interface Group {
  messages: Set<string>;
  since: number;
}

/** From client-go's event correlator: more different messages than this within ten minutes are combined. */
const MOST_SIMILAR = 10;
const SIMILAR_MS = 600_000;
const MOST_REMEMBERED = 4096;
/** An API server that does not answer must not make events pile up. */
const MOST_WAITING = 200;

/**
 * Writes `core/v1` Events about objects, as client-go's recorder does: a repeated event raises `count`; after ten
 * similar ones with other messages they are combined, without annotations. Recording never fails its caller.
 */
export class EventRecorder {
  readonly #client: KubeClient;
  readonly #component: string;
  readonly #seen = new Map<string, Seen>();
  readonly #groups = new Map<string, Group>();
  #last: Promise<void> = Promise.resolve();
  #serial = 0;
  #waiting = 0;

  constructor(client: KubeClient, component: string) {
    this.#client = client;
    this.#component = component;
  }

  /** Queues one event; events are written in order, losses are only logged. */
  record(object: Unstructured, note: EventNote): void {
    if (this.#waiting >= MOST_WAITING) return;
    this.#waiting += 1;
    this.#last = this.#last.then(async () => {
      try {
        await this.#write(object, this.#combine(object, note));
      } catch (error) {
        log.debug({ component: this.#component, reason: note.reason, error: String(error) }, "event lost");
      } finally {
        this.#waiting -= 1;
      }
    });
  }

  /** Resolves when everything recorded so far is written, or after two seconds. */
  async flush(): Promise<void> {
    const abort = new AbortController();
    await Promise.race([this.#last, pause(2_000, abort.signal)]);
    abort.abort();
  }

  #combine(object: Unstructured, note: EventNote): EventNote {
    const key = JSON.stringify([object.metadata.uid, object.kind, note.type, note.reason]);
    const now = Date.now();
    const known = this.#groups.get(key);
    const group =
      known !== undefined && now - known.since < SIMILAR_MS ? known : { messages: new Set(), since: now };
    group.messages.add(note.message);
    group.since = now;
    this.#groups.delete(key);
    this.#groups.set(key, group as Group);
    trim(this.#groups);
    if (group.messages.size < MOST_SIMILAR) return note;
    return { ...note, message: `(combined from similar events): ${note.message}`, annotations: undefined };
  }

  async #write(object: Unstructured, note: EventNote): Promise<void> {
    const combined = note.message.startsWith("(combined");
    const key = JSON.stringify([
      object.metadata.uid,
      note.type,
      note.reason,
      combined ? "" : note.message,
      note.annotations,
    ]);
    const known = this.#seen.get(key);
    if (known !== undefined && (await this.#again(known, note))) return;
    const event = this.#event(object, note);
    await this.#client.create(kinds.event, event);
    this.#seen.set(key, { name: event.metadata.name, namespace: event.metadata.namespace, count: 1 });
    trim(this.#seen);
  }

  async #again(known: Seen, note: EventNote): Promise<boolean> {
    try {
      known.count += 1;
      const patch = { count: known.count, lastTimestamp: kubeTime(), message: note.message };
      await this.#client.patch(kinds.event, known.name, known.namespace, patch);
      return true;
    } catch (error) {
      if (isNotFound(error)) return false;
      throw error;
    }
  }

  #event(
    object: Unstructured,
    note: EventNote,
  ): Unstructured & { metadata: { name: string; namespace: string } } {
    const now = kubeTime();
    const namespace = object.metadata.namespace ?? "default";
    // As client-go: the object's name and a number that only grows, in hexadecimal.
    const id = BigInt(Date.now()) * 1_000_000n + BigInt(this.#serial++ % 1_000_000);
    return {
      apiVersion: "v1",
      kind: "Event",
      metadata: {
        name: `${object.metadata.name}.${id.toString(16)}`,
        namespace,
        ...(note.annotations === undefined ? {} : { annotations: note.annotations }),
      },
      involvedObject: refOf(object),
      reason: note.reason,
      message: note.message,
      source: { component: this.#component },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
      type: note.type,
      eventTime: null,
      reportingComponent: this.#component,
      reportingInstance: "",
    };
  }
}

function trim(map: Map<string, unknown>): void {
  const oldest = map.keys().next();
  if (map.size > MOST_REMEMBERED && oldest.done !== true) map.delete(oldest.value);
}
