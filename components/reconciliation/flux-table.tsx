"use client";

import Link from "next/link";
import { useRef } from "react";
import type { FluxListRow, FluxSort } from "@/lib/queries/flux-views";
import { RevisionText } from "@/components/commits/revision-text";
import { useVirtualRows } from "@/components/list/use-virtual-rows";
import { StatusMark } from "@/components/status/status-mark";
import { StatusText } from "@/components/status/status-text";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { SortHeader } from "@/components/ui/sort-header";
import { DemandNote } from "./demand-note";

interface Props {
  rows: FluxListRow[];
  sort: FluxSort;
  descending: boolean;
  onSort: (sort: FluxSort) => void;
  chosen: ReadonlySet<string>;
  onChoose: (ids: string[], on: boolean) => void;
}

const heads: { key: string; label: string; sort?: FluxSort; className: string }[] = [
  { key: "object", label: "Object", sort: "name", className: "md:w-[30%]" },
  { key: "state", label: "State", sort: "state", className: "" },
  { key: "cluster", label: "Cluster", sort: "cluster", className: "md:w-[132px]" },
  { key: "revision", label: "Revision", className: "md:w-[84px]" },
  { key: "since", label: "Since", sort: "since", className: "md:w-[66px] text-right pr-3.5!" },
];

/** Flux objects as a table with a box to choose each; on a phone each is two lines. */
export function FluxTable({ rows, sort, descending, onSort, chosen, onChoose }: Props) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { shown, before, after } = useVirtualRows(rows, body);
  if (rows.length === 0) {
    return (
      <div className="card">
        <EmptyState title="No object matches">Take a filter away, or look for less.</EmptyState>
      </div>
    );
  }
  const all = rows.every(({ id }) => chosen.has(id));
  return (
    <div className="card overflow-hidden">
      <table
        role="table"
        aria-rowcount={rows.length}
        className="w-full table-fixed border-separate border-spacing-0 max-md:block"
      >
        <thead role="rowgroup" className="max-md:hidden">
          <tr role="row">
            <th role="columnheader" scope="col" className="h-7 w-9 border-b pl-3.5 text-left">
              <input
                type="checkbox"
                aria-label="Choose all on this page"
                checked={all}
                onChange={() => {
                  onChoose(
                    rows.map(({ id }) => id),
                    !all,
                  );
                }}
              />
            </th>
            {heads.map((head) => {
              const { sort: by } = head;
              return (
                <SortHeader
                  key={head.key}
                  className={head.className}
                  state={by !== sort ? "none" : descending ? "descending" : "ascending"}
                  {...(by && {
                    onSort: () => {
                      onSort(by);
                    },
                  })}
                >
                  {head.label}
                </SortHeader>
              );
            })}
          </tr>
        </thead>
        <tbody role="rowgroup" ref={body} className="max-md:block">
          {before > 0 && <tr aria-hidden style={{ height: before }} className="max-md:block" />}
          {shown.map((row) => (
            <Row
              key={row.id}
              row={row}
              chosen={chosen.has(row.id)}
              onChoose={(on) => {
                onChoose([row.id], on);
              }}
            />
          ))}
          {after > 0 && <tr aria-hidden style={{ height: after }} className="max-md:block" />}
        </tbody>
      </table>
    </div>
  );
}

const cell = "h-[30px] truncate border-b px-2 max-md:h-auto max-md:border-0 max-md:p-0";

function Row({
  row,
  chosen,
  onChoose,
}: {
  row: FluxListRow;
  chosen: boolean;
  onChoose: (on: boolean) => void;
}) {
  return (
    <tr
      role="row"
      className="row-hover relative max-md:grid max-md:h-[54px] max-md:grid-cols-[minmax(0,1fr)_auto] max-md:content-center max-md:gap-y-0.5 max-md:border-b max-md:px-3 [&:last-child>td]:border-b-0"
    >
      <td role="cell" className={cx(cell, "pl-3.5 max-md:hidden")}>
        <input
          type="checkbox"
          className="relative z-10"
          aria-label={`Choose ${row.kind} ${row.namespace}/${row.name}${row.cluster ? ` of ${row.cluster.name}` : ""}`}
          checked={chosen}
          onChange={(event) => {
            onChoose(event.target.checked);
          }}
        />
      </td>
      <td role="cell" className={cx(cell, "max-md:col-start-1 max-md:row-start-1")}>
        <span className="text-sm text-text-3">{row.kind}</span>{" "}
        <Link
          href={`/reconciliation/${row.id}`}
          prefetch={false}
          data-row
          title={`${row.namespace}/${row.name}`}
          className="mono font-[540] after:absolute after:inset-0 after:outline-offset-[-2px] focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
        >
          <span className="text-text-3">{row.namespace}/</span>
          {row.name}
        </Link>
      </td>
      <td role="cell" className={cx(cell, "max-md:col-span-2 max-md:row-start-2")}>
        <StatusText block mark={row.mark}>
          {row.moving && row.mark.tone !== "progress" && row.mark.tone !== "unknown" && (
            <StatusMark mark={{ tone: "progress", word: "Reconciling" }} size={12} />
          )}
          <DemandNote row={row} />
          {row.message !== null && row.mark.tone !== "healthy" && (
            <span className="ml-1 truncate text-text-3" title={row.message.slice(0, 1_000)}>
              {row.message.slice(0, 300)}
            </span>
          )}
        </StatusText>
      </td>
      <td role="cell" className={cx(cell, "max-md:col-start-2 max-md:row-start-1 max-md:justify-self-end")}>
        {row.cluster ? (
          <Link
            href={`/clusters/${row.cluster.slug}?tab=reconciliation`}
            prefetch={false}
            title={
              row.home === "management"
                ? `${row.cluster.name}; the object lives on the management cluster`
                : row.cluster.name
            }
            className="relative z-10 hover:underline"
          >
            {row.cluster.name}
          </Link>
        ) : (
          <span className="text-text-3">management</span>
        )}
      </td>
      <td
        role="cell"
        className={cx(cell, "mono text-text-3 max-md:hidden")}
        title={row.revision ?? undefined}
      >
        <RevisionText revision={row.revision} />
      </td>
      <td role="cell" className={cx(cell, "pr-3.5! text-right text-text-3 tabular-nums max-md:hidden")}>
        <RelativeTime at={row.since} />
      </td>
    </tr>
  );
}
