"use client";

import { useNow } from "@/components/ui/clock";
import { CalendarTime, RelativeTime } from "@/components/ui/relative-time";

const soonMs = 3 * 86_400_000;

/** When a cluster is handed back; amber within three days. */
export function ExpiryCell({ at }: { at: string | null }) {
  const now = useNow(at === null ? 0 : Date.parse(at));
  if (at === null) return <span className="text-text-3">–</span>;
  const left = Date.parse(at) - now;
  if (left <= 0) return <span className="text-attention-text">expired</span>;
  if (left < soonMs) return <RelativeTime at={at} className="text-attention-text" />;
  return <CalendarTime at={at} className="text-text-2" />;
}
