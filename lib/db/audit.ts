import type { Db } from "./client.ts";

export type AuditAction =
  | "change.open"
  | "change.approve"
  | "change.request-changes"
  | "change.merge"
  | "change.close"
  | "change.refused";

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

/** Appends entries that are not there yet, in the order they happened. Rows are never changed. */
export async function appendAudit(db: Pick<Db, "$transaction">, entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const sorted = [...entries].sort((a, b) => a.at.getTime() - b.at.getTime());
  await db.$transaction(async (tx) => {
    // One writer at a time, or two replicas that see the same review both write it.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('fleetwright.audit'))`;
    const keys = sorted.map(({ key }) => key);
    const known = await tx.$queryRaw<{ key: string }[]>`
      SELECT detail->>'key' AS key FROM "AuditEvent" WHERE detail->>'key' = ANY(${keys})`;
    const written = new Set(known.map(({ key }) => key));
    const fresh = sorted.filter(({ key }) => !written.has(key));
    await tx.auditEvent.createMany({
      data: fresh.map(({ key, team = null, cluster = null, change = null, detail = {}, ...entry }) => ({
        ...entry,
        team,
        cluster,
        change,
        detail: { ...detail, key },
      })),
    });
  });
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
  });
  return rows.map(({ id, ...row }) => ({ ...row, id: String(id) }));
}
