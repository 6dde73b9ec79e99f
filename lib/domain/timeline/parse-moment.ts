/** A moment of the past that can be asked for, or why it cannot. */
export type Moment = { at: Date; problem: null } | { at: null; problem: string };

const iso = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Reads `?at=` strictly: a full ISO 8601 time with its zone, neither before history begins nor in the future. */
export function parseMoment(text: string, { since, now }: { since: Date | null; now: Date }): Moment {
  const at = parseIso(text);
  if (at === null) {
    return refuse(`“${text.slice(0, 60)}” is no time. Write it like 2026-11-24T03:12:00Z, with its zone.`);
  }
  if (since === null) return refuse("Nothing has been recorded of the clusters you see yet.");
  if (at > now) return refuse("This moment has not come yet.");
  if (at < since) return refuse(`History begins at ${since.toISOString()}; nothing is known before.`);
  return { at, problem: null };
}

const refuse = (problem: string): Moment => ({ at: null, problem });

function parseIso(text: string): Date | null {
  const found = iso.exec(text);
  const at = new Date(text);
  if (!found || Number.isNaN(at.getTime())) return null;
  // Date takes 30 February for 2 March: the day must be the one that was written.
  const [, year, month, day] = found.map(Number);
  const written = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0));
  return written.getUTCMonth() + 1 === month && written.getUTCDate() === day ? at : null;
}
