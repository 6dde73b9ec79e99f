"use client";

import Link from "next/link";
import { useRef } from "react";
import type { CommitClusterRow } from "@/lib/queries/commit-views";
import { useVirtualRows } from "@/components/list/use-virtual-rows";
import { StatusText } from "@/components/status/status-text";
import { cx } from "@/components/ui/cx";
import { formatDuration } from "@/components/ui/format-time";
import { SortHeader } from "@/components/ui/sort-header";

const heads = [
  { key: "cluster", label: "Cluster", className: "md:w-[30%]" },
  { key: "state", label: "State", className: "" },
  { key: "after", label: "Applied after", className: "md:w-[120px] text-right pr-3.5!" },
];

/** Every cluster the commit must reach, those that lag first; on a phone each is two lines. */
export function CommitTargets({ rows }: { rows: CommitClusterRow[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { shown, before, after } = useVirtualRows(rows, body);
  return (
    <div className="card overflow-hidden">
      <table
        role="table"
        aria-label="Clusters it must reach"
        aria-rowcount={rows.length}
        className="w-full table-fixed border-separate border-spacing-0 max-md:block"
      >
        <thead role="rowgroup" className="max-md:hidden">
          <tr role="row">
            {heads.map(({ key, label, className }) => (
              <SortHeader key={key} className={className} state="none">
                {label}
              </SortHeader>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" ref={body} className="max-md:block">
          {before > 0 && <tr aria-hidden style={{ height: before }} className="max-md:block" />}
          {shown.map((row) => (
            <Row key={row.id} row={row} />
          ))}
          {after > 0 && <tr aria-hidden style={{ height: after }} className="max-md:block" />}
        </tbody>
      </table>
    </div>
  );
}

const cell = "h-[30px] truncate border-b px-2 max-md:h-auto max-md:border-0 max-md:p-0";

function Row({ row }: { row: CommitClusterRow }) {
  const { name, slug, environment, team, mark, reason, object, appliedAt, seconds } = row;
  return (
    <tr
      role="row"
      className="row-hover relative max-md:grid max-md:h-[54px] max-md:grid-cols-[minmax(0,1fr)_auto] max-md:content-center max-md:gap-y-0.5 max-md:border-b max-md:px-3 [&:last-child>td]:border-b-0"
    >
      <td role="cell" className={cx(cell, "pl-3.5! max-md:col-start-1 max-md:row-start-1 max-md:pl-0!")}>
        {slug === null ? (
          <span className="font-[540]">{name}</span>
        ) : (
          <Link href={`/clusters/${slug}`} prefetch={false} data-row className="font-[540] hover:underline">
            {name}
          </Link>
        )}{" "}
        <span className="text-text-3">{[environment, team].filter(Boolean).join(" · ")}</span>
      </td>
      <td role="cell" className={cx(cell, "max-md:col-span-2 max-md:row-start-2")}>
        <StatusText block mark={mark}>
          {reason !== null && <Reason text={reason} object={object} />}
        </StatusText>
      </td>
      <td
        role="cell"
        className={cx(
          cell,
          "pr-3.5! text-right text-text-3 tabular-nums max-md:col-start-2 max-md:row-start-1 max-md:pr-0!",
        )}
      >
        {seconds !== null && formatDuration(seconds)}
        {seconds === null && appliedAt !== null && (
          <span title="It had a later commit already when this one was first looked at">not timed</span>
        )}
      </td>
    </tr>
  );
}

/** Why it has not applied it, leading to the object that holds it up. */
function Reason({ text, object }: { text: string; object: string | null }) {
  const short = text.slice(0, 300);
  const title = text.slice(0, 1_000);
  if (object === null) {
    return (
      <span className="ml-1 truncate text-text-3" title={title}>
        {short}
      </span>
    );
  }
  return (
    <Link
      href={`/reconciliation/${object}`}
      prefetch={false}
      className="ml-1 truncate text-text-3 hover:underline"
      title={title}
    >
      {short}
    </Link>
  );
}
