import { loadClusterListParams } from "@/lib/client/cluster-list-params";
import { listClusters } from "@/lib/queries/list-clusters";
import { viewResponse } from "@/lib/server/api";

export const GET = (request: Request): Promise<Response> =>
  viewResponse((ctx) => listClusters(ctx, loadClusterListParams(request)));
