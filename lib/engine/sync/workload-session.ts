import { setTimeout as pause } from "node:timers/promises";
import { kindsOf } from "../../domain/kinds.ts";
import { aborted } from "../../kubernetes/aborted.ts";
import { errorFromCause, type KubeApiError } from "../../kubernetes/api-error.ts";
import { KubeClient } from "../../kubernetes/client.ts";
import type { Connection } from "../../kubernetes/connection.ts";
import { workloadConnection } from "../../kubernetes/workload-connection.ts";
import { failuresUntilGone, followApi } from "./follow-api.ts";
import { KindBook } from "./kind-book.ts";
import { ObjectCache } from "./object-cache.ts";
import type { SyncTimings } from "./options.ts";

/** Our own contact to a workload cluster; its ill health is another matter (decisions §5). */
export interface Contact {
  state: "ok" | "unreachable" | "not-readable" | "never";
  message: string | null;
  /** ISO 8601; null while nothing is known. */
  since: string | null;
}

export interface WorkloadSessionOptions {
  management: KubeClient;
  cluster: { namespace: string; name: string };
  timings: SyncTimings;
  now: () => Date;
  onChange: () => void;
}

/** A Secret that does not exist yet is asked for every few seconds, not more and more rarely. */
const secretAttempts = 2;

/** Follows one workload cluster on a connection of its own; nothing it waits for delays any other cluster. */
export class WorkloadSession {
  readonly cache = new ObjectCache();
  readonly book = new KindBook(kindsOf("workload"));
  contact: Contact = { state: "never", message: null, since: null };
  lastSeenAt: Date | null = null;
  readonly #options: WorkloadSessionOptions;
  readonly #stop = new AbortController();

  constructor(options: WorkloadSessionOptions) {
    this.#options = options;
    void this.#run();
  }

  /** Its objects are known as a whole; before, what the database has is the better knowledge. */
  get synced(): boolean {
    return this.book.settled;
  }

  close(): void {
    this.#stop.abort();
  }

  async #run(): Promise<void> {
    const { management, cluster, timings, now } = this.#options;
    const { signal } = this.#stop;
    let attempts = 0;
    while (!signal.aborted) {
      try {
        const connection = await workloadConnection(management, cluster, signal);
        if (connection === null) attempts = Math.min(attempts, secretAttempts);
        else if (await this.#follow(connection)) attempts = 0;
      } catch (cause) {
        if (!aborted(signal)) this.#report(errorFromCause(cause), now());
      }
      const delayMs = Math.min(timings.maxBackoffMs, 1_000 * 2 ** Math.min(attempts++, 10));
      await pause(delayMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Until the session ends or the credentials are refused; true where they had been good. */
  async #follow(connection: Connection): Promise<boolean> {
    const { timings, now, onChange } = this.#options;
    const client = new KubeClient(connection, { deadlineMs: timings.deadlineMs });
    const refused = new AbortController();
    const signal = AbortSignal.any([this.#stop.signal, refused.signal]);
    let answered = false;
    await followApi({
      client,
      kinds: kindsOf("workload"),
      cache: this.cache,
      book: this.book,
      timings,
      signal,
      now,
      onChange: () => {
        if (this.synced) onChange();
      },
      onMissed: () => undefined,
      onKindError: () => undefined,
      onAnswer: (at) => {
        answered = true;
        this.lastSeenAt = at;
        this.#setContact({ state: "ok", message: null, since: at.toISOString() });
      },
      onFailure: ({ error, count, since }) => {
        if (error.unauthorized) refused.abort();
        if (!error.silent || count >= failuresUntilGone) this.#report(error, since);
      },
    });
    refused.abort();
    await connection.close().catch(() => undefined);
    return answered;
  }

  #report(error: KubeApiError, since: Date): void {
    const state = error.silent && error.reason !== "Unreadable" ? "unreachable" : "not-readable";
    this.#setContact({ state, message: error.message, since: since.toISOString() });
  }

  #setContact(contact: Contact): void {
    if (contact.state === this.contact.state && contact.message === this.contact.message) return;
    const same = contact.state === this.contact.state;
    this.contact = same ? { ...contact, since: this.contact.since } : contact;
    this.#options.onChange();
  }
}
