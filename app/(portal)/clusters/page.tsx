import type { Metadata } from "next";
import { ClustersView } from "@/components/clusters/clusters-view";
import { Prefetched } from "@/components/shell/prefetched";
import { loadClusterListParams } from "@/lib/client/cluster-list-params";
import { queryKeys } from "@/lib/client/query-keys";
import { listClusters } from "@/lib/queries/list-clusters";
import { chosenColumns } from "@/lib/queries/list-views";
import { readContext } from "@/lib/server/session";
import { chooseColumnsAction, dropViewAction, keepViewAction } from "./actions";

export const metadata: Metadata = { title: "Clusters" };

export default async function ClustersPage({ searchParams }: PageProps<"/clusters">) {
  const params = loadClusterListParams(await searchParams);
  const ctx = await readContext();
  const [list, columns] = await Promise.all([listClusters(ctx, params), chosenColumns(ctx)]);
  return (
    <Prefetched queryKey={queryKeys.clusters(params)} data={list}>
      <ClustersView
        columns={columns}
        actions={{ keep: keepViewAction, drop: dropViewAction, chooseColumns: chooseColumnsAction }}
      />
    </Prefetched>
  );
}
