"use client";

import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { useHighlighted } from "./use-highlighted";

export interface LineNote {
  /** 1-based. */
  line: number;
  text: string;
}

interface Props {
  path: string;
  content: string;
  /** Said at the end of a line: what is wrong with it. */
  notes?: LineNote[];
  className?: string;
}

/** A file with line numbers; plain until the highlighter has come. */
export function CodeView({ path, content, notes = [], className }: Props) {
  const lines = useHighlighted(path, content);
  return (
    <div
      role="region"
      tabIndex={0}
      aria-label={path}
      className={cx("mono overflow-auto py-2 leading-[19px] focus-visible:-outline-offset-2", className)}
    >
      {lines.map((tokens, index) => {
        const own = notes.filter(({ line }) => line === index + 1);
        return (
          <div
            key={index}
            className={cx("flex w-max min-w-full pr-3 whitespace-pre", own.length > 0 && "bg-failed-soft")}
          >
            <LineNumber n={index + 1} />
            <code>{tokens}</code>
            {own.map(({ text }) => (
              <span key={text} className="ml-4 px-2 font-sans text-sm tracking-normal text-failed-text">
                {text}
              </span>
            ))}
          </div>
        );
      })}
    </div>
  );
}

/** Line numbers are drawn, not text: they are neither copied nor read out. */
export function LineNumber({ n }: { n: number | null }): ReactNode {
  return (
    <span
      aria-hidden
      data-n={n ?? ""}
      className="w-10 flex-none pr-2.5 text-right text-text-3 select-none before:content-[attr(data-n)]"
    />
  );
}
