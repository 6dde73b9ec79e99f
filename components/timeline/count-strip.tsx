import { stripTones } from "@/lib/domain/timeline/strip";
import type { FleetTimeline } from "@/lib/domain/timeline/timeline-views";
import { Card } from "@/components/ui/card";
import { Table } from "@/components/ui/table";
import { toneWord } from "./tone-word";
import { useLocalTime } from "./use-local-time";

const height = 48;

/** How many clusters were in which state, over time: stacked, the worst at the top; the same as a table. */
export function CountStrip({ data: { counts, rows, from, bucketMs } }: { data: FleetTimeline }) {
  const local = useLocalTime();
  const start = Date.parse(from);
  const unit = height / Math.max(1, rows.length);
  return (
    <Card className="mb-3" title="Clusters by state" aside={`${String(rows.length)} clusters`}>
      <svg
        role="img"
        aria-label="Clusters by state over time; the table below says the same"
        viewBox={`0 0 ${String(counts.length)} ${String(height)}`}
        preserveAspectRatio="none"
        className="block h-12 w-full px-3.5"
      >
        {counts.flatMap((bucket, index) => {
          let below = 0;
          return bucket.map((count, at) => {
            const y = height - (below + count) * unit;
            below += count;
            const tone = stripTones[at] ?? "unknown";
            return count === 0 ? null : (
              <rect
                key={`${String(index)} ${tone}`}
                x={index}
                y={y}
                width="1.02"
                height={count * unit}
                fill={`var(--${tone === "blocked" ? "failed" : tone})`}
              />
            );
          });
        })}
      </svg>
      <details className="px-3.5 py-2 text-sm text-text-3">
        <summary>As a table</summary>
        <Table
          label="Clusters by state over time"
          columns={[
            { key: "time", label: "From" },
            ...stripTones.map((tone) => ({ key: tone, label: toneWord(tone), numeric: true })),
            { key: "none", label: "Not recorded", numeric: true },
          ]}
          rows={counts.map((bucket, index) => ({
            key: String(index),
            cells: {
              time: local(start + index * bucketMs),
              ...Object.fromEntries(stripTones.map((tone, at) => [tone, bucket[at]])),
              none: rows.length - bucket.reduce((sum, count) => sum + count, 0),
            },
          }))}
        />
      </details>
    </Card>
  );
}
