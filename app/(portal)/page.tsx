import type { Metadata } from "next";
import { FleetView } from "@/components/fleet/fleet-view";
import { Prefetched } from "@/components/shell/prefetched";
import { queryKeys } from "@/lib/client/query-keys";
import { getFleetOverview } from "@/lib/queries/fleet-overview";
import { readContext } from "@/lib/server/session";

export const metadata: Metadata = { title: "Fleet" };

export default async function FleetPage() {
  const overview = await getFleetOverview(await readContext());
  return (
    <Prefetched queryKey={queryKeys.fleet()} data={overview}>
      <FleetView />
    </Prefetched>
  );
}
