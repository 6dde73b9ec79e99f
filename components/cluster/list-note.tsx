import type { ReactNode } from "react";

/** What one must know before believing the list below it. */
export function ListNote({ children }: { children: ReactNode }) {
  return <p className="border-t bg-attention-soft px-3.5 py-2">{children}</p>;
}
