"use client";

import { useMounted, useNow } from "@/components/ui/clock";
import { formatDayAndTime } from "@/components/ui/format-time";

/** Writes moments in the person's zone; in UTC in the first render, where the zone is not known. */
export function useLocalTime(): (at: string | number) => string {
  const mounted = useMounted();
  const now = new Date(useNow(0));
  return (at) => formatDayAndTime(new Date(at), now, mounted ? undefined : "UTC") + (mounted ? "" : " UTC");
}
