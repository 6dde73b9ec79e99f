import { kindsOf, type KindRow } from "../../domain/kinds.ts";
import type { KubeObject } from "../../domain/kube-object.ts";
import { LeadershipLost } from "../../db/management-clusters.ts";
import { KubeClient } from "../../kubernetes/client.ts";
import { answerAsks } from "../asks/answer-asks.ts";
import { contactWords } from "./contact-words.ts";
import { Dirty } from "./dirty.ts";
import { Fleet } from "./fleet.ts";
import { followApi } from "./follow-api.ts";
import { Heartbeat } from "./heartbeat.ts";
import { InventoryWriter } from "./inventory-writer.ts";
import { KindBook } from "./kind-book.ts";
import { Loop } from "./loop.ts";
import { ObjectCache } from "./object-cache.ts";
import type { Running, SyncSettings } from "./options.ts";
import { Projector } from "./projector.ts";
import { isSource } from "./sources.ts";
import { WorkloadSessions } from "./workload-sessions.ts";

export interface ReignOptions {
  settings: SyncSettings;
  managementClusterId: string;
  epoch: bigint;
  /** Called once when another engine has taken over. */
  onLost: () => void;
}

/** The work of one leader: follows one management cluster and its workloads until it is closed or deposed. */
export class Reign implements Running {
  readonly #options: ReignOptions;
  readonly #stop = new AbortController();
  readonly #cache = new ObjectCache();
  readonly #fleet = new Fleet();
  readonly #dirty = new Dirty();
  readonly #book: KindBook;
  readonly #client: KubeClient;
  readonly #workloads: WorkloadSessions;
  readonly #projector: Projector;
  readonly #writer: InventoryWriter;
  readonly #heartbeat: Heartbeat;
  readonly #loops: Loop[] = [];
  readonly #flush: Loop;
  #api: Promise<void> | null = null;
  #stopGit: (() => void) | null = null;
  #stopAsks: (() => void) | null = null;

  constructor(options: ReignOptions) {
    this.#options = options;
    const { settings, managementClusterId, epoch } = options;
    const { timings, management, db, now } = settings;
    this.#book = new KindBook(kindsOf("management"), now);
    this.#client = new KubeClient(management.connection, { deadlineMs: timings.deadlineMs });
    this.#heartbeat = new Heartbeat({ db, managementClusterId, epoch });
    this.#workloads = new WorkloadSessions({
      management: this.#client,
      settings,
      onChange: (namespace) => {
        this.#dirty.touch(namespace);
        this.#flush.poke();
      },
    });
    this.#projector = new Projector({
      settings,
      managementClusterId,
      cache: this.#cache,
      book: this.#book,
      fleet: this.#fleet,
      workloads: this.#workloads,
    });
    this.#writer = new InventoryWriter({
      settings,
      managementClusterId,
      epoch,
      cache: this.#cache,
      projector: this.#projector,
      signal: this.#stop.signal,
    });
    this.#flush = new Loop({
      everyMs: timings.tickMs,
      debounceMs: timings.debounceMs,
      run: () => this.#write(),
      onError: this.#fail,
    });
  }

  /** Takes over the inventory, then starts to follow. Throws where the database does not answer. */
  async start(): Promise<void> {
    const { settings } = this.#options;
    const { timings, git } = settings;
    await this.#writer.takeOver();
    this.#fleet.readGit(settings);
    await this.#fleet.readRequests(settings);
    this.#stopGit = git.onChange(() => {
      this.#fleet.readGit(settings);
      this.#touchAll();
    });
    this.#api = this.#follow();
    const asks = new Loop({ everyMs: timings.asksMs, run: () => this.#answer(), onError: this.#fail });
    this.#stopAsks =
      settings.onAsk?.(() => {
        asks.poke();
      }) ?? null;
    this.#loops.push(
      asks,
      this.#flush,
      new Loop({ everyMs: timings.heartbeatMs, run: () => this.#beat(), onError: this.#fail }),
      new Loop({ everyMs: timings.requestsMs, run: () => this.#readRequests(), onError: this.#fail }),
    );
    this.#flush.poke();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#stopGit?.();
    this.#stopAsks?.();
    this.#workloads.close();
    await Promise.all([this.#api, ...this.#loops.map((loop) => loop.close())]);
  }

  #follow(): Promise<void> {
    const { timings, now, logger, metrics } = this.#options.settings;
    return followApi({
      client: this.#client,
      kinds: kindsOf("management"),
      cache: this.#cache,
      book: this.#book,
      timings,
      signal: this.#stop.signal,
      now,
      onChange: (kind, objects) => {
        this.#touch(kind, objects);
      },
      onMissed: ({ kind, count, cause }) => {
        metrics.missed({ kind, count, cause });
        logger.info({ kind, count, cause }, "a list showed what the watch had not");
        if (cause === "resync") this.#heartbeat.missed(count);
      },
      onKindError: (kind, error) => {
        metrics.kindFailed(kind.kind, error.status);
        logger.warn({ kind: kind.kind, status: error.status, reason: error.message }, "cannot follow a kind");
      },
      onAnswer: (at) => {
        this.#heartbeat.answered(at);
      },
      onFailure: ({ error }) => {
        this.#heartbeat.failed(contactWords(error));
      },
    });
  }

  readonly #fail = (error: unknown): void => {
    if (this.#stop.signal.aborted) return;
    if (error instanceof LeadershipLost) {
      this.#options.onLost();
      return;
    }
    this.#options.settings.logger.error(
      { err: error },
      "the inventory could not be written; everything is tried again",
    );
    this.#dirty.touchAll();
    this.#flush.pokeLater(2_000);
  };

  #touch(kind: KindRow, objects: readonly KubeObject[]): void {
    if (isSource(kind.kind) || objects.length === 0) {
      this.#touchAll();
      return;
    }
    for (const { metadata } of objects) this.#dirty.touch(metadata.namespace);
    this.#flush.poke();
  }

  #touchAll(): void {
    this.#dirty.touchAll();
    this.#flush.poke();
  }

  async #readRequests(): Promise<void> {
    const touched = await this.#fleet.readRequests(this.#options.settings);
    for (const key of touched) this.#dirty.touch(key.split("/")[0] ?? "");
    if (touched.size > 0) this.#flush.poke();
  }

  /** Projects what was touched and writes what differs. Nothing is written before every kind was listed. */
  async #write(): Promise<void> {
    if (!this.#book.settled) return;
    // What comes while it is written is written next: the inventory is as old as its first part.
    const now = this.#options.settings.now();
    await this.#writer.write(this.#dirty.take());
    // Not before: the handshakes with all clusters at once would hold up the first write, which all wait for.
    this.#workloads.keep(this.#cache.all("Cluster"));
    if (this.#heartbeat.wrote(now)) await this.#beat();
  }

  /** What people ask API servers: only the leader has sessions with them. */
  async #answer(): Promise<void> {
    const { settings, managementClusterId } = this.#options;
    await answerAsks({
      db: settings.db,
      managementClusterId,
      management: this.#client,
      workload: (id) => {
        const [key] = [...this.#projector.records].find(([, { row }]) => row.id === id) ?? [];
        return key === undefined ? null : (this.#workloads.get(key)?.client ?? null);
      },
      now: settings.now,
    });
  }

  async #beat(): Promise<void> {
    const seen = this.#workloads.lastSeen().flatMap(([key, at]) => {
      const id = this.#projector.records.get(key)?.row.id;
      return id ? [{ id, at: at.toISOString() }] : [];
    });
    this.#options.settings.metrics.contacts(this.#workloads.contacts());
    await this.#heartbeat.beat({ seen, kinds: this.#book.list(), blind: this.#book.blind });
  }
}
