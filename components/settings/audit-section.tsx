"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { auditParsers, toAuditParams } from "@/lib/client/audit-params";
import { queries } from "@/lib/client/queries";
import type { AuditList } from "@/lib/queries/views";
import { CalendarTime } from "@/components/ui/relative-time";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { TextParts } from "@/components/ui/text-parts";
import { AuditFilters } from "./audit-filters";
import { SectionState } from "./section-state";
import { VerifiedCard } from "./verified-card";

/** The append-only trail, newest first, as far as the person may see it. */
export function AuditSection() {
  const [address, setAddress] = useQueryStates(auditParsers, { history: "push" });
  const params = toAuditParams(address);
  const { data, error, refetch } = useQuery({
    ...queries.audit(params),
    placeholderData: keepPreviousData,
  });
  const filtered = params.person !== "" || params.cluster !== "" || params.change !== null;
  return (
    <>
      {data?.whole === true && <VerifiedCard verified={data.verified} />}
      <AuditFilters
        params={params}
        onChange={(change) => void setAddress({ ...change, page: 1 }, { history: "replace" })}
      />
      <SectionState
        what="The audit trail"
        known={data !== undefined}
        error={error}
        onRetry={() => void refetch()}
      />
      {data?.rows.length === 0 && (
        <div className="card">
          <EmptyState title={filtered ? "No row matches" : "Nothing was done yet"}>
            {filtered
              ? "Look for less."
              : "Requests, approvals, merges and what they reached are written here and never changed."}
          </EmptyState>
        </div>
      )}
      {data && data.rows.length > 0 && (
        <div className="card overflow-hidden">
          <Rows rows={data.rows} />
        </div>
      )}
      {data && (
        <Pager
          page={params.page}
          pageSize={params.pageSize}
          matched={data.matched}
          onPage={(page) => void setAddress({ page })}
          note={`${data.matched} ${data.matched === 1 ? "row" : "rows"}${data.whole ? "" : " of your teams and your own"}`}
        />
      )}
    </>
  );
}

function Rows({ rows }: { rows: AuditList["rows"] }) {
  return (
    <ol aria-label="Audit trail">
      {rows.map((row) => (
        <li
          key={row.id}
          className="row-hover grid grid-cols-[44px_minmax(0,1fr)] items-baseline gap-x-2.5 border-t px-3.5 py-1.5 first:border-t-0 sm:grid-cols-[44px_116px_minmax(0,1fr)_auto]"
        >
          <span className="mono text-text-3">{row.id}</span>
          <CalendarTime at={row.at} withTime className="text-text-3" />
          <span className="min-w-0 break-words text-text-2 max-sm:col-start-2">
            <TextParts parts={row.text} />
          </span>
          {row.change === null ? null : (
            <Link href={`/changes/${row.change}`} className="text-link mono max-sm:hidden">
              #{row.change}
            </Link>
          )}
        </li>
      ))}
    </ol>
  );
}
