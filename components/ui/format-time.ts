/** "2 s", "14 min", "3 h", "6 d": the largest unit that says enough. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h`;
  const days = Math.floor(hours / 24);
  return days < 365 ? `${days} d` : `${Math.floor(days / 365)} y`;
}

/** "38 s", "4 min 12 s", "21 min", "2 h 05 min": how long something took. */
export function formatDuration(totalSeconds: number): string {
  const seconds = Math.max(0, Math.round(totalSeconds));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min` + rest(seconds % 60, "s");
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h` + rest(minutes % 60, "min");
  return `${Math.floor(hours / 24)} d` + rest(hours % 24, "h");
}

const rest = (n: number, unit: string) => (n === 0 ? "" : ` ${String(n).padStart(2, "0")} ${unit}`);

/** "8 Dec 2026, 18:00:00 CET" in the given zone (the person's where none is given). */
export function formatExact(at: Date, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
    timeZone,
  }).format(at);
}

/** "8 Dec" this year, "8 Dec 2025" another. */
export function formatDay(at: Date, now: Date, timeZone?: string): string {
  const year = at.getUTCFullYear() === now.getUTCFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year, timeZone }).format(at);
}

/** "8 Dec, 18:00". */
export function formatDayAndTime(at: Date, now: Date, timeZone?: string): string {
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone }).format(at);
  return `${formatDay(at, now, timeZone)}, ${time}`;
}
