import { createHash } from "node:crypto";

/** A row of the audit trail with everything its hash covers, each as the text the database hashes. */
export interface HashedAuditRow {
  id: string;
  key: string;
  at: string;
  actor: string;
  action: string;
  target: string;
  team: string | null;
  cluster: string | null;
  change: string | null;
  detail: string;
  prevHash: string;
}

/** Length and text, so that no two rows read alike; "-" is null. */
const field = (text: string | null): string =>
  text === null ? "-" : `${String(Buffer.byteLength(text))}:${text}`;

/** The hash of one row: what the database's trigger writes, computed without the database (migration audit_chain). */
export function auditHash(row: HashedAuditRow): string {
  const { prevHash, id, key, at, actor, action, target, team, cluster, change, detail } = row;
  const fields = [prevHash, id, key, at, actor, action, target, team, cluster, change, detail];
  return createHash("sha256").update(fields.map(field).join("")).digest("hex");
}
