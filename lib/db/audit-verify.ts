import { auditHash, type HashedAuditRow } from "./audit-hash.ts";
import type { Db } from "./client.ts";

export interface AuditVerdict {
  /** What does not hold, in order; empty: the chain is whole. */
  breaks: string[];
  rows: number;
  /** Hash of the last row, to be noted somewhere the database's owner cannot write. */
  head: string;
}

type StoredRow = HashedAuditRow & { hash: string };

const batch = 1_000;

/**
 * Recomputes the whole chain. It cannot notice rows cut off at its end, nor a chain written anew from some row on:
 * `noted`, a head printed by an earlier run, is therefore looked for as well.
 */
export async function verifyAudit(db: Db, noted: string | null = null): Promise<AuditVerdict> {
  const breaks: string[] = [];
  let [rows, head, found] = [0, "", noted === null || noted === ""];
  for (;;) {
    const page = await readAfter(db, String(rows));
    for (const row of page) {
      rows += 1;
      if (row.id !== String(rows)) breaks.push(`row ${row.id} stands where row ${String(rows)} is missing`);
      if (row.prevHash !== head) breaks.push(`row ${row.id} does not follow from the row before it`);
      if (auditHash(row) !== row.hash) breaks.push(`row ${row.id} was changed: its hash does not match`);
      if (row.hash === noted) found = true;
      head = row.hash;
      rows = Number(row.id);
    }
    if (page.length < batch) break;
  }
  if (!found) breaks.push(`the noted head ${String(noted)} is gone: rows were cut off or written anew`);
  return { breaks, rows, head };
}

async function readAfter(db: Db, id: string): Promise<StoredRow[]> {
  return db.$queryRaw<StoredRow[]>`
    SELECT id::text, key, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, actor, action, target,
      team, cluster, change::text, detail::text, "prevHash", hash
    FROM "AuditEvent" WHERE id > ${id}::bigint ORDER BY "AuditEvent".id LIMIT ${batch}`;
}
