import type { Db } from "../../db/client.ts";
import { writeLastSeen } from "../../db/inventory.ts";
import { writeHeartbeat } from "../../db/management-clusters.ts";
import type { BookedKind } from "./kind-book.ts";

export interface HeartbeatOptions {
  db: Db;
  managementClusterId: string;
  epoch: bigint;
}

export interface Beat {
  /** When each workload cluster last answered. */
  seen: { id: string; at: string }[];
  kinds: BookedKind[];
  /** Why no cluster can be read though the API server answers; else null. */
  blind: string | null;
}

/** Says that we are in touch, or not; pages call everything Unknown after two minutes of silence. */
export class Heartbeat {
  /** When the inventory was last written as a whole, or was found to need no writing. */
  #syncedAt: Date | null = null;
  readonly #options: HeartbeatOptions;
  #contact: { at: Date | null; error: string | null } = { at: null, error: null };
  #told: { error: string | null; synced: boolean; kinds: string } | null = null;
  #missed = 0;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  answered(at: Date): void {
    this.#contact = { at, error: null };
  }

  failed(error: string): void {
    this.#contact = { ...this.#contact, error };
  }

  /** The inventory is what was heard. Returns whether it is so for the first time. */
  wrote(at: Date): boolean {
    const first = this.#syncedAt === null;
    // What an API server that is gone has last said grows old, however often it is looked at.
    if (first || this.#contact.error === null) this.#syncedAt = at;
    return first;
  }

  /** Counts objects that a list showed and the watch had not. */
  missed(count: number): void {
    this.#missed += count;
  }

  /** Writes all that. Throws LeadershipLost when deposed. */
  async beat({ seen, kinds, blind }: Beat): Promise<void> {
    const { db, managementClusterId, epoch } = this.#options;
    const { at } = this.#contact;
    const error = this.#contact.error ?? blind;
    const synced = this.#syncedAt !== null;
    const kindsText = JSON.stringify(kinds);
    const moved = this.#told?.kinds !== kindsText;
    const news = moved || this.#told?.error !== error || this.#told.synced !== synced;
    const missed = this.#missed;
    this.#missed = 0;
    await writeHeartbeat(
      db,
      { id: managementClusterId, epoch, notify: news },
      {
        lastContactAt: at ?? undefined,
        contactError: error,
        syncedAt: this.#syncedAt ?? undefined,
        missed,
        kinds: moved ? kinds : undefined,
      },
    );
    this.#told = { error, synced, kinds: kindsText };
    await writeLastSeen(db, { managementClusterId, epoch }, seen);
  }
}
