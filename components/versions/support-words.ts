import type { Mark } from "@/lib/domain/cluster/mark";
import type { Support } from "@/lib/domain/versions/support-of";
import { supportCalendars } from "@/lib/domain/versions/support-windows";

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** "30 Nov 2026": a calendar's day, the same in every zone. */
export const supportDay = (iso: string): string => day.format(new Date(iso));

/** Where a minor stands in its calendar, as mark and words. */
export function supportMark({ calendar, state, days }: Support): Mark {
  switch (state) {
    case "supported":
      return { tone: "healthy", word: "Supported" };
    case "ending":
      return { tone: "attention", word: days === 0 ? "Ends today" : `Ends in ${dayCount(days ?? 0)}` };
    case "ended":
      return { tone: "failed", word: "Out of support" };
    case "unknown":
      return { tone: "unknown", word: `Not in the data of ${supportDay(supportCalendars[calendar].asOf)}` };
  }
}

/** "until 30 Nov 2026", "since 30 Nov 2026": the day itself, where it is known. */
export function supportDate({ state, until }: Support): string | null {
  if (until === null) return null;
  return `${state === "ended" ? "since" : "until"} ${supportDay(until)}`;
}

const dayCount = (days: number): string => (days === 1 ? "1 day" : `${String(days)} days`);
