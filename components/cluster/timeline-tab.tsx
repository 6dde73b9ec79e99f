"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { queries } from "@/lib/client/queries";
import { timelineParsers } from "@/lib/client/timeline-params";
import { timelineRanges } from "@/lib/domain/timeline/timeline-range";
import { HistoryCard } from "@/components/timeline/history-card";
import { ErrorState } from "@/components/ui/error-state";
import { Segments } from "@/components/ui/segments";
import { Skeleton } from "@/components/ui/skeleton";

/** How this cluster has been: state, version and revision, as recorded. */
export function TimelineTab({ slug }: { slug: string }) {
  const [range, setRange] = useQueryState("range", timelineParsers.range);
  const { data, error, refetch } = useQuery({
    ...queries.clusterTimeline(slug, range),
    placeholderData: keepPreviousData,
  });
  return (
    <div className="grid gap-3">
      <Segments
        label="How far back"
        value={range}
        options={timelineRanges.map((value) => ({ value, label: value }))}
        onChange={(next) => void setRange(next)}
      />
      {!data && error && (
        <ErrorState
          title="The history could not be read"
          message={error.message}
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && <Skeleton className="h-7" />}
      {data && <HistoryCard timeline={data} />}
    </div>
  );
}
