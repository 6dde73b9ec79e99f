import type { Db } from "./client.ts";
import { channel, type Notification } from "./notify.ts";

/** Tells every listening process at once, outside of any transaction. */
export async function sendNotification(db: Db, message: Notification): Promise<void> {
  await db.$executeRaw`SELECT pg_notify(${channel}, ${JSON.stringify(message)})`;
}
