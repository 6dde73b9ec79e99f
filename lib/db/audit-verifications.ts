import type { Db } from "./client.ts";

export interface AuditVerification {
  at: Date;
  rows: number;
  head: string;
  breaks: string[];
}

/** What the newest verification found; null before the first. */
export async function latestVerification(db: Db): Promise<AuditVerification | null> {
  return db.auditVerification.findFirst({
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { at: true, rows: true, head: true, breaks: true },
  });
}

/** The head of the newest verification that found all whole: the next one must find it again. */
export async function notedHead(db: Db): Promise<string | null> {
  const row = await db.auditVerification.findFirst({
    where: { breaks: { isEmpty: true } },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { head: true },
  });
  return row?.head ?? null;
}

export async function saveVerification(db: Db, found: AuditVerification): Promise<void> {
  await db.auditVerification.create({ data: found });
}
