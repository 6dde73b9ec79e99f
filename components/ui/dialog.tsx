"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import { cx } from "./cx";

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  /** True where the title is only for screen readers. */
  titleHidden?: boolean;
  className?: string;
  children: ReactNode;
}

/** A dialog near the top of the page; Escape and a click outside close it. */
export function Dialog({ open, onClose, title, titleHidden = false, className, children }: Props) {
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-[oklch(15%_0.02_265/0.3)] transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={cx(
            "fixed top-[12vh] left-1/2 z-50 w-[560px] max-w-[calc(100vw-1.5rem)] -translate-x-1/2 rounded-lg border border-line bg-surface shadow-overlay outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0",
            className,
          )}
        >
          <Base.Title className={titleHidden ? "sr-only" : "px-4 pt-3.5 pb-2 text-lg font-[620]"}>
            {title}
          </Base.Title>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
