"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { LiveProvider } from "@/lib/client/live";
import { queries } from "@/lib/client/queries";
import { HelpDialog } from "./help-dialog";
import { Hotkeys } from "./hotkeys";
import { Nav } from "./nav";
import { NavSheet } from "./nav-sheet";
import { Palette } from "./palette";
import { ShellContext } from "./shell-context";
import type { Overlay } from "./shell-context";
import { StaleRefresh } from "./stale-refresh";

/** The frame: navigation at the left (behind a button on a phone), the page, and what lies over it. */
export function Shell({ children }: { children: ReactNode }) {
  const [overlay, show] = useState<Overlay>(null);
  const { data: shell } = useQuery(queries.shell());
  return (
    <LiveProvider>
      <ShellContext value={{ overlay, show }}>
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-surface focus:px-3 focus:py-1.5"
        >
          Skip to the page
        </a>
        <div className="grid min-h-screen grid-cols-[minmax(0,1fr)] md:grid-cols-[208px_minmax(0,1fr)]">
          <aside className="sticky top-0 hidden h-screen border-r border-line md:block">
            {shell && <Nav shell={shell} />}
          </aside>
          <div className="min-w-0">{children}</div>
        </div>
        {shell && <NavSheet shell={shell} />}
        <Palette />
        <HelpDialog />
        <Hotkeys />
        <StaleRefresh />
      </ShellContext>
    </LiveProvider>
  );
}
