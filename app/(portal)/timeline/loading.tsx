import { ClustersSkeleton } from "@/components/clusters/clusters-skeleton";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";

export default function Loading() {
  return (
    <>
      <PageHeader title="Timeline" />
      <PageBody>
        <ClustersSkeleton />
      </PageBody>
    </>
  );
}
