import type { Metadata } from "next";
import { ClustersView } from "@/components/clusters/clusters-view";
import { Prefetched } from "@/components/shell/prefetched";
import { loadClusterListParams } from "@/lib/client/cluster-list-params";
import { queryKeys } from "@/lib/client/query-keys";
import { listClusters } from "@/lib/queries/list-clusters";
import { readContext } from "@/lib/server/session";

export const metadata: Metadata = { title: "Clusters" };

export default async function ClustersPage({ searchParams }: PageProps<"/clusters">) {
  const params = loadClusterListParams(await searchParams);
  const list = await listClusters(await readContext(), params);
  return (
    <Prefetched queryKey={queryKeys.clusters(params)} data={list}>
      <ClustersView />
    </Prefetched>
  );
}
