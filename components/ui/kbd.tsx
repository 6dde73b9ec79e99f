import type { ReactNode } from "react";

/** A key to press. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded-sm border border-line px-1 font-sans text-[11px] leading-4 text-text-3">
      {children}
    </kbd>
  );
}
