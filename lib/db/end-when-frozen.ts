import type { Transaction } from "./upsert.ts";

/**
 * Begins a transaction that holds the epoch. A leader that freezes in the middle of one would keep its successor
 * waiting for the epoch as long as its connection seems to live, so Postgres ends a session that says nothing.
 */
export async function endWhenFrozen(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = '4s'`;
}
