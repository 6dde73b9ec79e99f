import { loadTimelineParams } from "@/lib/client/timeline-params";
import { getFleetMoment, getFleetTimeline } from "@/lib/queries/fleet-timeline";
import { viewResponse } from "@/lib/server/api";

export function GET(request: Request): Promise<Response> {
  const { range, at } = loadTimelineParams(request);
  return at === ""
    ? viewResponse((ctx) => getFleetTimeline(ctx, range))
    : viewResponse((ctx) => getFleetMoment(ctx, at));
}
