import type { ReactNode } from "react";
import { useId } from "react";
import { cx } from "./cx";

interface Props {
  title: string;
  /** In grey beside the title. */
  aside?: ReactNode;
  /** At the right end of the heading. */
  end?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A titled region; its heading names it for screen readers. */
export function Card({ title, aside, end, children, className }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cx("card", className)}>
      <div className="flex min-h-[38px] items-baseline gap-2 px-3.5 py-2.5 text-sm">
        <h2 id={id} className="flex-none font-semibold">
          {title}
        </h2>
        {aside !== undefined && <span className="min-w-0 truncate text-text-3">{aside}</span>}
        {end !== undefined && <span className="ml-auto flex-none text-text-3">{end}</span>}
      </div>
      {children}
    </section>
  );
}
