import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

interface Props {
  children: ReactNode;
  state: "ascending" | "descending" | "none";
  /** Absent where the list cannot be sorted by this column. */
  onSort?: () => void;
  className?: string;
}

/** Heading of a column; a button where one can sort by it. */
export function SortHeader({ children, state, onSort, className }: Props) {
  const Arrow = state === "descending" ? ArrowDown : ArrowUp;
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={state === "none" ? undefined : state}
      className={cx(
        "h-7 border-b px-2 text-left text-sm font-medium whitespace-nowrap text-text-3",
        className,
      )}
    >
      {onSort ? (
        <button type="button" onClick={onSort} className="inline-flex items-center gap-1 hover:text-text">
          {children}
          {state !== "none" && <Arrow size={12} aria-hidden />}
        </button>
      ) : (
        children
      )}
    </th>
  );
}
