import type { Mark } from "@/lib/domain/cluster/mark";
import type { ShellView } from "@/lib/queries/views";

/** Older than this, what we know of the management cluster is stale: its watch beats far more often. */
const staleAfterMs = 60_000;

/** State of our contact to the management cluster. */
export function managementMark(management: ShellView["management"], now: number): Mark {
  if (management.lastContactAt === null) return { tone: "unknown", word: "Not heard from yet" };
  if (isStale(management, now)) return { tone: "unknown", word: "Stale" };
  if (management.error !== null) return { tone: "attention", word: "Contact disturbed" };
  if (!management.synced) return { tone: "progress", word: "Reading" };
  return { tone: "healthy", word: "Synced" };
}

/** True where the last word from the management cluster is too old to be taken for the present. */
export const isStale = ({ lastContactAt }: ShellView["management"], now: number): boolean =>
  lastContactAt !== null && now - Date.parse(lastContactAt) > staleAfterMs;
