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
}

/** A state as word, shape and colour, in one line. */
export function StatusText({ mark, children, className }: Props) {
  return (
    <span className={cx("inline-flex min-w-0 items-center gap-1.5 align-middle", className)}>
      <StatusMark mark={mark} beside />
      <span className={cx("font-medium whitespace-nowrap", toneText[mark.tone])}>{mark.word}</span>
      {children}
    </span>
  );
}
