import { FleetSkeleton } from "@/components/fleet/fleet-skeleton";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";

/** The overview's frame until it is read. */
export default function Loading() {
  return (
    <>
      <PageHeader title="Fleet" />
      <PageBody>
        <FleetSkeleton />
      </PageBody>
    </>
  );
}
