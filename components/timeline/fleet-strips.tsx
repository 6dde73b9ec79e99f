"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRef, useState } from "react";
import { queries } from "@/lib/client/queries";
import { runsOf } from "@/lib/domain/timeline/strip";
import type { TimelineRange } from "@/lib/domain/timeline/timeline-range";
import type { FleetTimeline, StripRow } from "@/lib/domain/timeline/timeline-views";
import { ClustersSkeleton } from "@/components/clusters/clusters-skeleton";
import { useVirtualRows } from "@/components/list/use-virtual-rows";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { formatDuration } from "@/components/ui/format-time";
import { CountStrip } from "./count-strip";
import { Strip, type Stretch } from "./strip";
import { toneWord } from "./tone-word";
import { useLocalTime } from "./use-local-time";

/** A line of time for each cluster, the worst now first, below the counts of the whole fleet. */
export function FleetStrips({ range }: { range: TimelineRange }) {
  const { data, error, refetch } = useQuery({
    ...queries.timeline(range),
    placeholderData: keepPreviousData,
  });
  if (!data && error) {
    return (
      <ErrorState
        title="The timeline could not be read"
        message={error.message}
        onRetry={() => void refetch()}
      />
    );
  }
  if (!data) return <ClustersSkeleton />;
  if (data.rows.length === 0) {
    return (
      <EmptyState title="No cluster here yet">History begins with the first cluster you may see.</EmptyState>
    );
  }
  return <Strips data={data} />;
}

function Strips({ data }: { data: FleetTimeline }) {
  const body = useRef<HTMLUListElement>(null);
  const { shown, before, after } = useVirtualRows(data.rows, body);
  const [look, setLook] = useState("");
  const local = useLocalTime();
  return (
    <>
      <CountStrip data={data} />
      <p
        role="status"
        className="sticky top-[46px] z-10 min-h-7 truncate bg-bg px-1 py-1 text-sm text-text-2"
      >
        {look === ""
          ? `${local(data.from)} to now · ${data.since === null ? "nothing recorded yet" : `recorded since ${local(data.since)}`} · dashed: nothing recorded`
          : look}
      </p>
      <ul ref={body} aria-label="Clusters over time" className="card overflow-hidden">
        {before > 0 && <li aria-hidden style={{ height: before }} />}
        {shown.map((row) => (
          <li
            key={row.slug}
            className="row-hover flex h-[30px] items-center gap-3 px-3.5 max-md:h-[54px] max-md:flex-wrap max-md:gap-0"
          >
            <Link
              href={`/clusters/${row.slug}?tab=timeline`}
              prefetch={false}
              data-row
              className="mono w-[200px] flex-none truncate font-[540] hover:underline max-md:w-full"
            >
              {row.name}
            </Link>
            <Strip
              label={`${row.name} over time`}
              stretches={stretchesOfRuns(row, data, local)}
              onLook={(stretch) => {
                setLook(stretch === null ? "" : `${row.name}: ${stretch.label}`);
              }}
            />
          </li>
        ))}
        {after > 0 && <li aria-hidden style={{ height: after }} />}
      </ul>
    </>
  );
}

function stretchesOfRuns(
  row: StripRow,
  { from, bucketMs }: FleetTimeline,
  local: (at: number) => string,
): Stretch[] {
  const start = Date.parse(from);
  return runsOf(row.strip).map((run) => ({
    key: String(run.from),
    tone: run.tone,
    weight: run.to - run.from,
    label: `${toneWord(run.tone)}, ${local(start + run.from * bucketMs)} to ${local(start + run.to * bucketMs)}, ${formatDuration(((run.to - run.from) * bucketMs) / 1000)}`,
  }));
}
