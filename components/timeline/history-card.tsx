"use client";

import type { ClusterTimeline, Segment } from "@/lib/domain/timeline/timeline-views";
import { StatusText } from "@/components/status/status-text";
import { Card } from "@/components/ui/card";
import { formatDuration } from "@/components/ui/format-time";
import { Table } from "@/components/ui/table";
import { Strip } from "./strip";
import { stretchesOf } from "./stretches-of";
import { useLocalTime } from "./use-local-time";

/** One cluster's recorded lanes, and its states as a table, newest first. */
export function HistoryCard({ timeline }: { timeline: ClusterTimeline }) {
  const local = useLocalTime();
  const lanes: [string, Segment[]][] = [
    ["State", timeline.state],
    ["Version", timeline.version],
    ["Revision", timeline.revision],
  ];
  return (
    <Card title="Timeline" aside={timeline.truncated ? "the older part of the range is left out" : undefined}>
      <dl className="grid grid-cols-[72px_minmax(0,1fr)] items-center gap-x-3 px-3.5 pb-3">
        {lanes.map(([name, segments]) => (
          <div key={name} className="contents">
            <dt className="text-sm text-text-3">{name}</dt>
            <dd>
              <Strip label={`${name} over time`} stretches={stretchesOf(segments, timeline, local)} />
            </dd>
          </div>
        ))}
      </dl>
      <Table
        label="States, newest first"
        columns={[
          { key: "state", label: "State" },
          { key: "from", label: "From" },
          { key: "to", label: "To" },
          { key: "took", label: "For", numeric: true },
          { key: "cause", label: "Cause", className: "max-w-[420px] truncate" },
        ]}
        rows={timeline.state.toReversed().map(({ value, tone, detail, from, to, seenUntil }) => ({
          key: from,
          cells: {
            state: <StatusText block mark={{ tone: tone ?? "unknown", word: value }} />,
            from: local(from),
            to: to === null ? "now" : local(to),
            took: formatDuration((Date.parse(seenUntil) - Date.parse(from)) / 1000),
            cause: detail?.slice(0, 300),
          },
        }))}
      />
    </Card>
  );
}
