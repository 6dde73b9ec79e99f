import type { Prisma } from "./generated/client.ts";

export type Transaction = Prisma.TransactionClient;

/** Tables the batch upsert may write; names come from here only, never from input. */
export type BatchTable = "Cluster" | "Pool" | "FluxObject" | "Workload";

const touched = new Set<BatchTable>(["Cluster", "FluxObject", "Workload"]);

/**
 * Writes many rows in one statement. The columns are the first row's keys; the rows' `id` decides whether a row
 * is new. Rows must be alike.
 */
export async function upsertRows(
  tx: Transaction,
  table: BatchTable,
  rows: readonly { id: string }[],
): Promise<void> {
  const first = rows[0];
  if (!first) return;
  const names = Object.keys(first);
  const columns = names.map((name) => `"${name}"`).join(", ");
  const updates = names.filter((name) => name !== "id").map((name) => `"${name}" = EXCLUDED."${name}"`);
  const stamp = touched.has(table);
  if (stamp) updates.push(`"updatedAt" = now()`);
  await tx.$executeRawUnsafe(
    `INSERT INTO "${table}" (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::"${table}", $1::jsonb)
     ON CONFLICT (id) DO UPDATE SET ${updates.join(", ")}`,
    JSON.stringify(rows),
  );
}
