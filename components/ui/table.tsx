import type { ReactNode } from "react";
import { cx } from "./cx";

export interface TableColumn {
  key: string;
  label: string;
  numeric?: boolean;
  className?: string;
}

interface Row {
  key: string;
  cells: Record<string, ReactNode>;
  /** A sentence under the row. */
  below?: ReactNode;
}

/** A small table inside a card; scrolls sideways on its own where the screen is narrow. */
export function Table({ label, columns, rows }: { label: string; columns: TableColumn[]; rows: Row[] }) {
  return (
    <div className="overflow-x-auto border-t" tabIndex={0} role="region" aria-label={label}>
      <table aria-label={label} className="w-full border-separate border-spacing-0">
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={cx(
                  "h-7 border-b px-2.5 text-left text-sm font-medium whitespace-nowrap text-text-3 first:pl-3.5 last:pr-3.5",
                  column.numeric && "text-right",
                )}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        {rows.map((row, index) => (
          <tbody key={row.key} className="row-hover">
            <tr>
              {columns.map((column) => (
                <td
                  key={column.key}
                  className={cx(
                    "h-[30px] px-2.5 whitespace-nowrap first:pl-3.5 last:pr-3.5",
                    column.numeric && "text-right tabular-nums",
                    column.className,
                    index < rows.length - 1 && !row.below && "border-b",
                  )}
                >
                  {row.cells[column.key]}
                </td>
              ))}
            </tr>
            {row.below !== undefined && row.below !== null && (
              <tr>
                <td
                  colSpan={columns.length}
                  className={cx(
                    "px-3.5 pb-2 text-[12.5px] break-words text-text-2",
                    index < rows.length - 1 && "border-b",
                  )}
                >
                  {row.below}
                </td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
    </div>
  );
}
