import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ClusterView } from "@/components/cluster/cluster-view";
import { Prefetched } from "@/components/shell/prefetched";
import { queryKeys } from "@/lib/client/query-keys";
import { findCluster } from "@/lib/queries/find-cluster";
import { readClusterFiles } from "@/lib/server/cluster-files";
import { readContext } from "@/lib/server/session";

type Props = PageProps<"/clusters/[slug]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).slug };
}

export default async function ClusterPage({ params }: Props) {
  const { slug } = await params;
  const cluster = await findCluster(await readContext(), slug, readClusterFiles);
  if (cluster === null) notFound();
  return (
    <Prefetched queryKey={queryKeys.cluster(slug)} data={cluster}>
      <ClusterView slug={slug} />
    </Prefetched>
  );
}
