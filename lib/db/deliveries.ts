import type { Db } from "./client.ts";

export interface NewDelivery {
  guid: string;
  source: string;
  event: string;
  /** What only the sender could make of the body, like its signature. */
  digest?: string;
}

/**
 * Notes a webhook delivery. False: it was processed already, under this GUID or, replayed by somebody who cannot sign
 * another, under another one. A redelivery keeps its GUID, so only a processed one is swallowed (forge-reference §7).
 */
export async function beginDelivery(db: Db, delivery: NewDelivery): Promise<boolean> {
  const { guid, source, digest } = delivery;
  const row = await db.delivery.upsert({ where: { guid }, create: delivery, update: {} });
  if (row.processedAt !== null) return false;
  if (digest === undefined) return true;
  const replayed = await db.delivery.findFirst({
    where: { source, digest, guid: { not: guid }, processedAt: { not: null } },
    select: { guid: true },
  });
  return replayed === null;
}

export async function endDelivery(db: Db, guid: string, at: Date): Promise<void> {
  await db.delivery.update({ where: { guid }, data: { processedAt: at } });
}
