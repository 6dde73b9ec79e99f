import type { Db } from "./client.ts";
import type { AuditRow } from "./audit.ts";

export interface TrailFilter {
  /** Teams whose rows, and the login whose own rows, may be seen; null: all. */
  scope: { teams: string[]; login: string } | null;
  person: string;
  cluster: string;
  change: number | null;
}

/** The trail as it was written, newest first, one page of it, and how many rows there are. */
export async function listTrail(
  db: Db,
  { scope, person, cluster, change }: TrailFilter,
  { skip, take }: { skip: number; take: number },
): Promise<{ rows: AuditRow[]; matched: number }> {
  const contains = (text: string) => ({ contains: text, mode: "insensitive" }) as const;
  const where = {
    AND: [
      scope === null ? {} : { OR: [{ team: { in: scope.teams } }, { actor: scope.login }] },
      person === "" ? {} : { actor: contains(person) },
      cluster === "" ? {} : { OR: [{ cluster: contains(cluster) }, { target: contains(cluster) }] },
      change === null ? {} : { change },
    ],
  };
  const [rows, matched] = await Promise.all([
    db.auditEvent.findMany({ where, orderBy: { id: "desc" }, skip, take, omit: omitted }),
    db.auditEvent.count({ where }),
  ]);
  return { rows: rows.map(({ id, ...row }) => ({ ...row, id: String(id) })), matched };
}

const omitted = { key: true, detail: true, prevHash: true, hash: true } as const;
