import type { StoredCluster } from "../db/clusters.ts";
import type { Mark, Tone } from "../domain/cluster/mark.ts";
import { tones } from "../domain/cluster/mark.ts";

/** Silence of the management cluster after which everything we know of it is old (gitops-reference §5.3 row 1). */
const staleAfterMs = 120_000;

/** A management cluster heard from last before this moment is silent. */
export const silentBefore = (now: Date): Date => new Date(now.getTime() - staleAfterMs);

export function isSilent({ lastContactAt }: { lastContactAt: Date | null }, now: Date): boolean {
  return lastContactAt === null || lastContactAt < silentBefore(now);
}

/** What of a stored row decides how it is shown now. */
type Shown = Pick<StoredCluster, "tone" | "word" | "rank" | "live" | "managementCluster">;

/** True where the row tells of the past. What only Git has is not the management cluster's to know. */
export function isStale(
  { live, managementCluster }: Pick<Shown, "live" | "managementCluster">,
  now: Date,
): boolean {
  return live && isSilent(managementCluster, now);
}

/** The row's mark as of now: Unknown where nobody has heard from the management cluster for two minutes. */
export function shownMark(row: Shown, now: Date): { mark: Mark; rank: number } {
  if (isStale(row, now)) return { mark: { tone: "unknown", word: "Unknown" }, rank: 0 };
  return { mark: { tone: parseTone(row.tone), word: row.word }, rank: row.rank };
}

export function parseTone(value: string): Tone {
  return tones.find((tone) => tone === value) ?? "unknown";
}
