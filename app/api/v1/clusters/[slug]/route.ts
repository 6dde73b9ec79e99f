import { findCluster } from "@/lib/queries/find-cluster";
import { viewResponse } from "@/lib/server/api";
import { readClusterFiles } from "@/lib/server/cluster-files";

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ slug: string }> },
): Promise<Response> {
  const { slug } = await params;
  return viewResponse((ctx) => findCluster(ctx, slug, readClusterFiles));
}
