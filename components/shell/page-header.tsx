"use client";

import { useQuery } from "@tanstack/react-query";
import { Menu, Search } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { queries } from "@/lib/client/queries";
import { Kbd } from "@/components/ui/kbd";
import { LiveDot } from "./live-dot";
import { useShell } from "./shell-context";
import { useCommandKey } from "./use-command-key";
import { StaleBar } from "./stale-bar";

interface Props {
  title: string;
  /** The page above this one. */
  parent?: { href: string; label: string };
  /** Beside the title: filters of the whole page. */
  children?: ReactNode;
}

/** Top of every page: where one is, search, and whether what one sees is live. */
export function PageHeader({ title, parent, children }: Props) {
  const { show } = useShell();
  const commandKey = useCommandKey();
  const { data: shell, error, dataUpdatedAt } = useQuery(queries.shell());
  return (
    <>
      <header className="sticky top-0 z-30 flex h-[46px] items-center gap-3 border-b border-line bg-bg px-3 md:px-5">
        <button
          type="button"
          aria-label="Open navigation"
          onClick={() => {
            show("nav");
          }}
          className="-ml-1 grid size-8 place-items-center rounded-md text-text-2 hover:bg-hover md:hidden"
        >
          <Menu size={17} aria-hidden />
        </button>
        <h1 className="flex min-w-0 items-center gap-1.5 text-lg font-[620] tracking-tight whitespace-nowrap">
          {parent && (
            <>
              <Link href={parent.href} className="font-[520] text-text-3 hover:text-text">
                {parent.label}
              </Link>
              <span aria-hidden className="font-normal text-text-3">
                ›
              </span>
            </>
          )}
          <span className="truncate">{title}</span>
        </h1>
        {children}
        <button
          type="button"
          onClick={() => {
            show("palette");
          }}
          aria-keyshortcuts="Meta+K Control+K"
          className="ml-auto flex size-8 flex-none items-center justify-center gap-2 rounded-md text-text-3 hover:bg-hover md:h-7 md:w-[260px] md:justify-start md:border md:border-line md:bg-surface md:px-2 md:hover:bg-surface md:hover:border-line-strong"
        >
          <Search size={17} aria-hidden className="md:hidden" />
          <span className="max-md:sr-only">Search or jump to…</span>
          <span className="ml-auto hidden md:inline">
            <Kbd>{commandKey}K</Kbd>
          </span>
        </button>
        <LiveDot />
      </header>
      {shell && <StaleBar shell={shell} unread={error && { why: error.message, since: dataUpdatedAt }} />}
    </>
  );
}
