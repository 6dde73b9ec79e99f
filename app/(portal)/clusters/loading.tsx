import { ClustersSkeleton } from "@/components/clusters/clusters-skeleton";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";

/** The list's frame until it is read. */
export default function Loading() {
  return (
    <>
      <PageHeader title="Clusters" />
      <PageBody>
        <ClustersSkeleton />
      </PageBody>
    </>
  );
}
