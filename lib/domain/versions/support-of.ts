import { supportCalendars, type CalendarName } from "./support-windows.ts";

/** Days before the end from which on a cluster is named first. */
export const endingWithinDays = 60;

export interface Support {
  calendar: CalendarName;
  state: "supported" | "ending" | "ended" | "unknown";
  /** Last supported day, ISO 8601; null where the calendar does not know the minor. */
  until: string | null;
  /** Days from today to the last supported one: 0 on it, negative after it. */
  days: number | null;
}

const dayMs = 86_400_000;

/** Which calendar counts for a cluster of this provider. */
export const calendarOf = (provider: string): CalendarName => (provider === "AKS" ? "aks" : "upstream");

/** Where a minor stands in a calendar today (days are UTC days: calendars name no zone). */
export function supportOf(minor: string, calendar: CalendarName, now: Date): Support {
  const known = supportCalendars[calendar].until;
  const until = Object.hasOwn(known, minor) ? known[minor] : undefined;
  if (until === undefined) return { calendar, state: "unknown", until: null, days: null };
  const days = Math.floor(Date.parse(until) / dayMs) - Math.floor(now.getTime() / dayMs);
  const state = days < 0 ? "ended" : days <= endingWithinDays ? "ending" : "supported";
  return { calendar, state, until, days };
}
