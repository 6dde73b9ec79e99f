import type { ReactNode } from "react";
import type { Mark } from "@/lib/domain/cluster/mark";
import { cx } from "@/components/ui/cx";
import { StatusMark } from "./status-mark";
import { toneText } from "./tone-classes";

interface Props {
  mark: Mark;
  /** Said after the word, in grey. */
  children?: ReactNode;
  className?: string;
  /** True in a table's cell: a line of its own, so that it stands level with the others. */
  block?: boolean;
}

/** A state as word, shape and colour, in one line. */
export function StatusText({ mark, children, className, block = false }: Props) {
  return (
    <span
      className={cx(block ? "flex" : "inline-flex align-bottom", "min-w-0 items-center gap-1.5", className)}
    >
      <StatusMark mark={mark} beside />
      <span className={cx("font-medium whitespace-nowrap", toneText[mark.tone])}>{mark.word}</span>
      {children}
    </span>
  );
}
