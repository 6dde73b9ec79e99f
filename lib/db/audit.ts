import type { Db } from "./client.ts";

export type AuditAction =
  | "change.open"
  | "change.approve"
  | "change.request-changes"
  | "change.merge"
  | "change.close"
  | "change.refused"
  | "commit.reached"
  | "flux.reconcile"
  | "job.discard"
  | "job.retry"
  | "session.revoke";

export interface AuditEntry {
  /** One fact, one row: done by us and then seen on the forge, it is written once. */
  key: string;
  at: Date;
  /** Login. */
  actor: string;
  action: AuditAction;
  target: string;
  team?: string | null;
  cluster?: string | null;
  change?: number | null;
  detail?: Record<string, string | number | boolean | null>;
}

/**
 * Appends entries that are not there yet, in the order they happened. The database numbers and chains them, one
 * writer at a time; rows are never changed.
 */
export async function appendAudit(db: Pick<Db, "auditEvent">, entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const sorted = [...entries].sort((a, b) => a.at.getTime() - b.at.getTime());
  // The same facts are seen again at every reading: without news no writer waits for another.
  const known = await db.auditEvent.findMany({
    where: { key: { in: sorted.map(({ key }) => key) } },
    select: { key: true },
  });
  const written = new Set(known.map(({ key }) => key));
  const data = sorted.filter(({ key }) => !written.has(key));
  if (data.length > 0) await db.auditEvent.createMany({ data, skipDuplicates: true });
}

export interface AuditRow {
  id: string;
  at: Date;
  actor: string;
  action: string;
  target: string;
  team: string | null;
  cluster: string | null;
  change: number | null;
}

/** Newest first; `teams` limits to what these teams (or this person) may see. */
export async function latestAudit(
  db: Db,
  { teams, login, limit }: { teams: string[] | null; login: string; limit: number },
): Promise<AuditRow[]> {
  const scope = teams === null ? {} : { OR: [{ team: { in: teams } }, { actor: login }] };
  const rows = await db.auditEvent.findMany({
    where: { ...scope, action: { startsWith: "change." } },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit,
    select: {
      id: true,
      at: true,
      actor: true,
      action: true,
      target: true,
      team: true,
      cluster: true,
      change: true,
    },
  });
  return rows.map(({ id, ...row }) => ({ ...row, id: String(id) }));
}
