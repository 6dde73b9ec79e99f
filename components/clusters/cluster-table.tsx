"use client";

import { useTable } from "@tanstack/react-table";
import { useRef } from "react";
import type { ClusterList, ClusterRow, ClusterSort } from "@/lib/queries/views";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { SortHeader } from "@/components/ui/sort-header";
import { columnsOf, features, looks } from "./cluster-columns";
import { useVirtualRows } from "@/components/list/use-virtual-rows";

interface Props {
  rows: ClusterRow[];
  sort: ClusterSort;
  descending: boolean;
  onSort: (sort: ClusterSort) => void;
  /** Columns beside the name. */
  shown: ReadonlySet<string>;
  groups?: ClusterList["groups"];
}

/** The list as a table; on a phone each row is two lines. Only the rows in sight are in the page. */
export function ClusterTable({ rows, sort, descending, onSort, shown: visible, groups }: Props) {
  const body = useRef<HTMLTableSectionElement>(null);
  const table = useTable({ features, columns: columnsOf(visible), data: rows, getRowId: (row) => row.id });
  const items = withHeadings(table.getRowModel().rows, groups);
  const { shown, before, after } = useVirtualRows(items, body);
  if (rows.length === 0) {
    return (
      <div className="card">
        <EmptyState title="No cluster matches">Take a filter away, or look for less.</EmptyState>
      </div>
    );
  }
  return (
    <div className="card overflow-hidden">
      <table
        role="table"
        className="w-full table-fixed border-separate border-spacing-0 max-md:block"
        aria-rowcount={rows.length}
      >
        <thead role="rowgroup" className="max-md:hidden">
          <tr role="row">
            {table.getFlatHeaders().map((header) => {
              const look = looks[header.id];
              return (
                <SortHeader
                  key={header.id}
                  className={cx("first:pl-3.5", look?.className, look?.numeric && "text-right")}
                  state={look?.sort !== sort ? "none" : descending ? "descending" : "ascending"}
                  onSort={
                    look?.sort &&
                    (() => {
                      if (look.sort) onSort(look.sort);
                    })
                  }
                >
                  <table.FlexRender header={header} />
                </SortHeader>
              );
            })}
          </tr>
        </thead>
        <tbody role="rowgroup" ref={body} className="max-md:block">
          {before > 0 && <tr aria-hidden style={{ height: before }} className="max-md:block" />}
          {shown.map(({ heading, row }) =>
            row === null ? (
              <GroupHeading key={`group ${heading}`} heading={heading} count={groups?.counts[heading] ?? 0} />
            ) : (
              <tr
                key={row.id}
                role="row"
                className="row-hover relative max-md:grid max-md:h-[54px] max-md:grid-cols-[minmax(0,1fr)_auto] max-md:content-center max-md:gap-y-0.5 max-md:border-b max-md:px-3 [&:last-child>td]:border-b-0"
              >
                {row.getAllCells().map((cell) => (
                  <td
                    key={cell.id}
                    role="cell"
                    className={cx(
                      "h-[30px] truncate border-b px-2 first:pl-3.5 max-md:h-auto max-md:border-0 max-md:p-0 max-md:first:pl-0",
                      looks[cell.column.id]?.numeric && "text-right tabular-nums",
                      looks[cell.column.id]?.className,
                    )}
                  >
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            ),
          )}
          {after > 0 && <tr aria-hidden style={{ height: after }} className="max-md:block" />}
        </tbody>
      </table>
    </div>
  );
}

/** A group begins wherever its first row of this page stands. */
function withHeadings<Row extends { id: string }>(
  rows: readonly Row[],
  groups: ClusterList["groups"],
): { heading: string; row: Row | null }[] {
  if (!groups) return rows.map((row) => ({ heading: "", row }));
  let open: string | null = null;
  return rows.flatMap((row) => {
    const heading = groups.of[row.id] ?? "";
    const begins = heading !== open;
    open = heading;
    return begins
      ? [
          { heading, row: null },
          { heading, row },
        ]
      : [{ heading, row }];
  });
}

function GroupHeading({ heading, count }: { heading: string; count: number }) {
  return (
    <tr role="row" className="bg-sunken max-md:block max-md:h-[54px]">
      <th
        role="rowheader"
        scope="rowgroup"
        colSpan={20}
        className="h-[30px] border-b px-3.5 text-left text-sm font-[560] max-md:flex max-md:h-full max-md:items-center"
      >
        {heading} <span className="ml-1.5 font-normal text-text-3">{count}</span>
      </th>
    </tr>
  );
}
