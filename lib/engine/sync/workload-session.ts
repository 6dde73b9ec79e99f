import { setTimeout as pause } from "node:timers/promises";
import { kindsOf } from "../../domain/kinds.ts";
import { aborted } from "../../kubernetes/aborted.ts";
import { errorFromCause, type KubeApiError } from "../../kubernetes/api-error.ts";
import { KubeClient } from "../../kubernetes/client.ts";
import { openWorkload, type OpenWorkload } from "../../kubernetes/open-workload.ts";
import { contactWords } from "./contact-words.ts";
import { failuresUntilGone, followApi } from "./follow-api.ts";
import { KindBook } from "./kind-book.ts";
import { Loop } from "./loop.ts";
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
  access: "token" | "kubeconfig";
  /** A fleet's sessions do not all begin at once. */
  startDelayMs: number;
  timings: SyncTimings;
  now: () => Date;
  onChange: () => void;
}

/** What does not exist yet, Secret or account, is asked for every few seconds, not more and more rarely. */
const soonAttempts = 2;

/** An answer that takes longer is told as slow: Cluster API's own probe gives up after some seconds. */
const slowMs = 3_000;

/** Follows one workload cluster on a connection of its own; nothing it waits for delays any other cluster. */
export class WorkloadSession {
  readonly cache = new ObjectCache();
  readonly book = new KindBook(kindsOf("workload"));
  contact: Contact = { state: "never", message: null, since: null };
  lastSeenAt: Date | null = null;
  /** The way to its API server while a session is open. */
  client: KubeClient | null = null;
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
    const { management, cluster, access, timings, startDelayMs, now } = this.#options;
    const { signal } = this.#stop;
    await pause(startDelayMs, undefined, { signal }).catch(() => undefined);
    let attempts = 0;
    while (!signal.aborted) {
      try {
        const options = { management, cluster, access, deadlineMs: timings.deadlineMs };
        const workload = await openWorkload(options, signal);
        if (workload === null) attempts = Math.min(attempts, soonAttempts);
        else if (await this.#follow(workload)) attempts = 0;
      } catch (cause) {
        const error = errorFromCause(cause);
        if (error.reason === "NoAccount") attempts = Math.min(attempts, soonAttempts);
        if (!aborted(signal)) this.#report(error, now());
      }
      const delayMs = Math.min(timings.maxBackoffMs, 1_000 * 2 ** Math.min(attempts++, 10));
      await pause(delayMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
    }
  }

  /** Until the session ends, or its credentials are refused or others now; true where they had been good. */
  async #follow({ connection, renew }: OpenWorkload): Promise<boolean> {
    const { timings, now, onChange } = this.#options;
    const over = new AbortController();
    const signal = AbortSignal.any([this.#stop.signal, over.signal]);
    let answered = false;
    const renewal = new Loop({
      everyMs: timings.credentialsMs,
      run: async () => {
        if (!(await renew(signal))) over.abort();
      },
      // The management cluster's silence is told elsewhere; the connection is good until it is refused.
      onError: () => undefined,
    });
    const client = new KubeClient(connection, { deadlineMs: timings.deadlineMs });
    this.client = client;
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
      onAnswer: (at, tookMs) => {
        answered = true;
        this.lastSeenAt = at;
        const seconds = Math.round(tookMs / 1_000);
        const message = tookMs < slowMs ? null : `it takes about ${String(seconds)} s to answer`;
        this.#setContact({ state: "ok", message, since: at.toISOString() });
      },
      onFailure: ({ error, count, since }) => {
        if (error.unauthorized) over.abort();
        // Perhaps it only moved to another address.
        if (count === failuresUntilGone) renewal.poke();
        if (!error.silent || count >= failuresUntilGone) this.#report(error, since);
      },
    });
    over.abort();
    this.client = null;
    await renewal.close();
    await connection.close().catch(() => undefined);
    return answered;
  }

  #report(error: KubeApiError, since: Date): void {
    const state = error.silent && error.reason !== "Unreadable" ? "unreachable" : "not-readable";
    this.#setContact({ state, message: contactWords(error), since: since.toISOString() });
  }

  #setContact(contact: Contact): void {
    if (contact.state === this.contact.state && contact.message === this.contact.message) return;
    const same = contact.state === this.contact.state;
    this.contact = same ? { ...contact, since: this.contact.since } : contact;
    this.#options.onChange();
  }
}
