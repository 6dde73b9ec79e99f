import type { ReactNode } from "react";

/** The page below its header. */
export function PageBody({ children }: { children: ReactNode }) {
  return (
    <main id="main" tabIndex={-1} className="px-3 pt-3 pb-10 outline-none md:px-5 md:pt-4">
      {children}
    </main>
  );
}
