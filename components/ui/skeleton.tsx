import { cx } from "./cx";

/** Holds the place of what is not known yet. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx("skeleton block h-3 rounded-sm bg-hover", className)} />;
}
