import { loadTimelineParams } from "@/lib/client/timeline-params";
import { getClusterTimeline } from "@/lib/queries/cluster-timeline";
import { viewResponse } from "@/lib/server/api";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ slug: string }> },
): Promise<Response> {
  const { slug } = await params;
  return viewResponse((ctx) => getClusterTimeline(ctx, slug, loadTimelineParams(request).range));
}
