import type { ReachView } from "@/lib/queries/commit-views";
import { formatDuration } from "@/components/ui/format-time";

/** "reached 7 of 9", or why there is nothing to count. */
export function reachWords({ known, applied, total }: ReachView): string {
  if (known === "not-followed") return "older than what is followed";
  if (known === "pending" && total === 0) return "clusters are being worked out";
  return total === 0 ? "reaches no cluster" : `reached ${applied} of ${total}`;
}

/** "p50 38 s · p95 2 min"; null while nothing was timed. */
export function paceWords({ p50, p95 }: ReachView): string | null {
  return p50 === null || p95 === null ? null : `p50 ${formatDuration(p50)} · p95 ${formatDuration(p95)}`;
}
