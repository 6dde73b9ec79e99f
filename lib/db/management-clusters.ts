import type { Db } from "./client.ts";
import { endWhenFrozen } from "./end-when-frozen.ts";
import { channel } from "./notify.ts";

/** Another engine has taken over: whatever this one still wants to write is void. */
export class LeadershipLost extends Error {
  constructor() {
    super("another engine leads this management cluster now");
    this.name = "LeadershipLost";
  }
}

/** The row of a configured management cluster, made at first use. Returns its id. */
export async function ensureManagementCluster(
  db: Db,
  { slug, server }: { slug: string; server: string },
): Promise<string> {
  const row = await db.managementCluster.upsert({
    where: { slug },
    create: { slug, server },
    update: { server },
    select: { id: true },
  });
  return row.id;
}

/** Begins a reign: from now on only writes with the returned epoch succeed (decisions §9). */
export async function beginEpoch(db: Db, id: string, leader: string): Promise<bigint> {
  const { epoch } = await db.managementCluster.update({
    where: { id },
    data: { epoch: { increment: 1 }, leader, leaderAt: new Date() },
    select: { epoch: true },
  });
  return epoch;
}

export interface Heartbeat {
  /** Absent while the management API does not answer. */
  lastContactAt?: Date;
  contactError: string | null;
  syncedAt?: Date;
  /** Objects a relist found that the watch had missed, since the last heartbeat. */
  missed: number;
  /** How reading each kind goes, where that changed. */
  kinds?: object[] | undefined;
}

/** A write of the inventory may hold the epoch for a while. */
const limits = { timeout: 30_000, maxWait: 10_000 };

/** Writes how our contact to the management API is. `notify`: it changed in a way people should see at once. */
export async function writeHeartbeat(
  db: Db,
  { id, epoch, notify }: { id: string; epoch: bigint; notify: boolean },
  { lastContactAt, contactError, syncedAt, missed, kinds }: Heartbeat,
): Promise<void> {
  await db.$transaction(async (tx) => {
    await endWhenFrozen(tx);
    const { count } = await tx.managementCluster.updateMany({
      where: { id, epoch },
      data: { contactError, lastContactAt, syncedAt, missedByWatch: { increment: missed }, kinds },
    });
    if (count === 0) throw new LeadershipLost();
    if (notify)
      await tx.$executeRaw`SELECT pg_notify(${channel}, ${JSON.stringify({ topic: "management", id })})`;
  }, limits);
}
