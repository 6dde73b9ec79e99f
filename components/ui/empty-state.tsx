import type { ReactNode } from "react";

interface Props {
  title: string;
  children?: ReactNode;
  /** What the person can do about it. */
  action?: ReactNode;
}

/** Says that there is nothing, why, and what to do. */
export function EmptyState({ title, children, action }: Props) {
  return (
    <div className="grid justify-items-center gap-1 px-6 py-12 text-center">
      <p className="font-[560]">{title}</p>
      {children !== undefined && <div className="max-w-[52ch] text-text-2">{children}</div>}
      {action !== undefined && <div className="mt-3">{action}</div>}
    </div>
  );
}
