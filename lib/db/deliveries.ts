import type { Db } from "./client.ts";

/**
 * Notes a webhook delivery. False: it was processed already. A redelivery keeps its GUID, so only a processed one
 * is swallowed (forge-reference §7).
 */
export async function beginDelivery(
  db: Db,
  delivery: { guid: string; source: string; event: string },
): Promise<boolean> {
  const row = await db.delivery.upsert({ where: { guid: delivery.guid }, create: delivery, update: {} });
  return row.processedAt === null;
}

export async function endDelivery(db: Db, guid: string, at: Date): Promise<void> {
  await db.delivery.update({ where: { guid }, data: { processedAt: at } });
}
