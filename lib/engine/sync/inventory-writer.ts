import { loadInventory } from "../../db/load-inventory.ts";
import { writeInventory } from "../../db/inventory.ts";
import { addDifference, diffFlux, emptyChanges, isEmpty, rowsIn, type Changes } from "./batch.ts";
import { IntervalBook } from "./interval-book.ts";
import { MilestoneBook } from "./milestone-book.ts";
import type { ObjectCache } from "./object-cache.ts";
import type { SyncSettings } from "./options.ts";
import type { Projection } from "./projection.ts";
import type { Projector } from "./projector.ts";
import { recordsOf } from "./records.ts";

export interface InventoryWriterOptions {
  settings: SyncSettings;
  managementClusterId: string;
  epoch: bigint;
  cache: ObjectCache;
  projector: Projector;
  signal: AbortSignal;
}

/** A part of the fleet that is written at once. */
interface Chunk {
  projections: Projection[];
  changes: Changes;
}

/**
 * Brings the inventory up to what the projector says, some clusters per transaction: a whole fleet in one would
 * outlast the transaction's limit, and a cluster is never written by halves. Between two of them the inventory is
 * partly old, so it counts as synced only when `write` has returned.
 */
export class InventoryWriter {
  readonly #options: InventoryWriterOptions;
  #intervals = new IntervalBook([]);
  #milestones = new MilestoneBook(new Set());
  /** A write failed, and may have reached the database all the same. */
  #doubtful = false;

  constructor(options: InventoryWriterOptions) {
    this.#options = options;
  }

  /** Takes the database's word for what is written. Throws where it does not answer. */
  async takeOver(): Promise<void> {
    const { settings, managementClusterId, projector } = this.#options;
    const inventory = await loadInventory(settings.db, managementClusterId);
    const { records, shared } = recordsOf(inventory);
    for (const [key, record] of records) record.grewAt = projector.records.get(key)?.grewAt ?? null;
    projector.records = records;
    projector.shared = shared;
    this.#intervals = new IntervalBook(inventory.intervals);
    this.#milestones = new MilestoneBook(inventory.milestones);
    this.#doubtful = false;
  }

  /**
   * Writes what differs of the clusters that were touched, and of the Flux objects that belong to none. Throws where
   * the database does not answer, LeadershipLost when deposed, or when it is to stop: whole chunks are written then.
   */
  async write(touched: (key: string) => boolean): Promise<void> {
    if (this.#doubtful) await this.takeOver();
    const { settings, managementClusterId, projector, signal } = this.#options;
    let chunk: Chunk = { projections: [], changes: emptyChanges() };
    for (const key of projector.keys().filter(touched)) {
      const projection = projector.project(key, settings.now());
      if (!projection) continue;
      chunk.projections.push(projection);
      addDifference(chunk.changes, projector.known(projection.record), projection.record);
      if (rowsIn(chunk.changes) < settings.rowsPerWrite) continue;
      await this.#send(chunk);
      signal.throwIfAborted();
      chunk = { projections: [], changes: emptyChanges() };
    }
    const shared = projector.projectShared(settings.now());
    if (diffFlux(chunk.changes, projector.shared, shared))
      chunk.changes.notify.push({ topic: "flux", id: managementClusterId });
    await this.#send(chunk);
    projector.shared = shared;
  }

  async #send({ projections, changes }: Chunk): Promise<void> {
    const { settings, managementClusterId, epoch, cache, projector } = this.#options;
    const { db, git, metrics } = settings;
    const began = performance.now();
    const now = settings.now();
    changes.milestones = await this.#milestones.fresh({ db, git, now }, cache, projections);
    const rows = projections.map(({ record }) => record.row);
    Object.assign(changes, this.#intervals.fresh(rows, now));
    if (!isEmpty(changes)) {
      this.#doubtful = true;
      await writeInventory(db, { ...changes, managementClusterId, epoch });
      this.#doubtful = false;
    }
    for (const { record } of projections) projector.remember(record);
    this.#milestones.learn(changes);
    this.#intervals.learn(changes);
    const written = changes.clusters.length + changes.flux.length;
    metrics.wrote({ rows: written, seconds: (performance.now() - began) / 1_000 });
  }
}
