import type { Db } from "../../db/client.ts";
import { writeLastSeen } from "../../db/inventory.ts";
import { writeHeartbeat } from "../../db/management-clusters.ts";
import type { KindState } from "./kind-book.ts";

export interface HeartbeatOptions {
  db: Db;
  managementClusterId: string;
  epoch: bigint;
}

/** Says that we are in touch, or not; pages call everything Unknown after two minutes of silence. */
export class Heartbeat {
  /** When the inventory was first written as a whole. */
  syncedAt: Date | null = null;
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

  /** Counts objects that a list showed and the watch had not. */
  missed(count: number): void {
    this.#missed += count;
  }

  /** Writes all that, and when each workload cluster last answered. Throws LeadershipLost when deposed. */
  async beat(seen: { id: string; at: string }[], kinds: KindState[]): Promise<void> {
    const { db, managementClusterId, epoch } = this.#options;
    const { at, error } = this.#contact;
    const synced = this.syncedAt !== null;
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
        syncedAt: this.syncedAt ?? undefined,
        missed,
        kinds: moved ? kinds : undefined,
      },
    );
    this.#told = { error, synced, kinds: kindsText };
    await writeLastSeen(db, { managementClusterId, epoch }, seen);
  }
}
