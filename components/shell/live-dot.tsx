"use client";

import { useLive } from "@/lib/client/live";
import { cx } from "@/components/ui/cx";

/** Whether the page follows by itself. */
export function LiveDot() {
  const { connected } = useLive();
  const [word, dot, hint] =
    connected === null
      ? ["…", "border border-waiting", "Connecting"]
      : connected
        ? ["live", "bg-healthy", "Changes appear as they happen"]
        : ["not live", "border border-attention", "Reconnecting; what you see may be old"];
  return (
    <span
      role="status"
      title={hint}
      className="flex flex-none items-center gap-1.5 text-sm whitespace-nowrap text-text-2"
    >
      <i aria-hidden className={cx("size-[7px] rounded-full", dot)} />
      <span className={cx("min-w-[22px]", connected === false ? "text-attention-text" : "")}>{word}</span>
    </span>
  );
}
