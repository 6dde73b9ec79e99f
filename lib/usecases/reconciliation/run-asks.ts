import { setTimeout as pause } from "node:timers/promises";
import { findAsks, type StoredAsk } from "../../db/asks.ts";
import type { Db } from "../../db/client.ts";

const everyMs = 120;

/** Waits until all are answered, or the time is over; answers in the order of the ids, undefined for what is gone. */
export async function runAsks(
  db: Db,
  ids: readonly string[],
  waitMs: number,
): Promise<(StoredAsk | undefined)[]> {
  const until = performance.now() + waitMs;
  for (;;) {
    const rows = new Map((await findAsks(db, ids)).map((row) => [row.id, row]));
    const answered = ids.every((id) => rows.get(id)?.state !== "waiting");
    if (answered || performance.now() >= until) return ids.map((id) => rows.get(id));
    await pause(everyMs);
  }
}
