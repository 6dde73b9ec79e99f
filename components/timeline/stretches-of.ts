import type { ClusterTimeline, Segment } from "@/lib/domain/timeline/timeline-views";
import { formatDuration } from "@/components/ui/format-time";
import type { Stretch } from "./strip";

/** Recorded segments cut to the range, with a gap wherever none was. */
export function stretchesOf(
  segments: readonly Segment[],
  { from, to }: Pick<ClusterTimeline, "from" | "to">,
  local: (at: number) => string,
): Stretch[] {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const stretches: Stretch[] = [];
  let reached = start;
  const gapTo = (until: number) => {
    if (until > reached) stretches.push(stretch(null, "Not recorded", reached, until, local));
  };
  for (const { value, tone, detail, from: begun, seenUntil } of segments) {
    const low = Math.max(reached, Date.parse(begun));
    const high = Math.min(end, Date.parse(seenUntil));
    if (high <= low) continue;
    gapTo(low);
    stretches.push(
      stretch(tone ?? "suspended", detail === null ? value : `${value}: ${detail}`, low, high, local),
    );
    reached = high;
  }
  gapTo(end);
  return stretches;
}

function stretch(
  tone: Stretch["tone"],
  word: string,
  low: number,
  high: number,
  local: (at: number) => string,
): Stretch {
  const label = `${word.slice(0, 300)}, ${local(low)} to ${local(high)}, ${formatDuration((high - low) / 1000)}`;
  return { key: String(low), tone, weight: high - low, label };
}
