import type { Metadata } from "next";
import { Prefetched } from "@/components/shell/prefetched";
import { TimelineView } from "@/components/timeline/timeline-view";
import { queryKeys } from "@/lib/client/query-keys";
import { loadTimelineParams } from "@/lib/client/timeline-params";
import { getFleetMoment, getFleetTimeline } from "@/lib/queries/fleet-timeline";
import { readContext } from "@/lib/server/session";

export const metadata: Metadata = { title: "Timeline" };

export default async function TimelinePage({ searchParams }: PageProps<"/timeline">) {
  const { range, at } = loadTimelineParams(await searchParams);
  const ctx = await readContext();
  const [key, data] =
    at === ""
      ? [queryKeys.timeline(range), await getFleetTimeline(ctx, range)]
      : [queryKeys.moment(at), await getFleetMoment(ctx, at)];
  return (
    <Prefetched queryKey={key} data={data}>
      <TimelineView />
    </Prefetched>
  );
}
