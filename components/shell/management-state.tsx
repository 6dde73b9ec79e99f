"use client";

import type { ShellView } from "@/lib/queries/views";
import { StatusMark } from "@/components/status/status-mark";
import { useNow } from "@/components/ui/clock";
import { cx } from "@/components/ui/cx";
import { RelativeTime } from "@/components/ui/relative-time";
import { managementMark } from "./management-mark";

/** The management cluster and how fresh what we know of it is: amber once it is old. */
export function ManagementState({ management }: { management: ShellView["management"] }) {
  const now = useNow(management.lastContactAt === null ? 0 : Date.parse(management.lastContactAt));
  const mark = managementMark(management, now);
  return (
    <div className="flex h-7 items-center gap-[9px] px-2 text-text-2" title={management.error ?? undefined}>
      <StatusMark mark={mark} />
      <span className="min-w-0 truncate">{management.slug}</span>
      <span
        className={cx(
          "ml-auto text-xs whitespace-nowrap",
          mark.tone === "healthy" ? "text-text-3" : "text-attention-text",
        )}
      >
        {management.lastContactAt === null ? (
          "not heard from yet"
        ) : (
          <>
            {management.synced ? "synced " : "heard "}
            <RelativeTime at={management.lastContactAt} />
          </>
        )}
      </span>
    </div>
  );
}
