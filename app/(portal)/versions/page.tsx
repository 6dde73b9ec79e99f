import type { Metadata } from "next";
import { Prefetched } from "@/components/shell/prefetched";
import { VersionsView } from "@/components/versions/versions-view";
import { queryKeys } from "@/lib/client/query-keys";
import { getVersionMatrix } from "@/lib/queries/version-matrix";
import { readContext } from "@/lib/server/session";

export const metadata: Metadata = { title: "Versions" };

export default async function VersionsPage() {
  const versions = await getVersionMatrix(await readContext());
  return (
    <Prefetched queryKey={queryKeys.versions()} data={versions}>
      <VersionsView />
    </Prefetched>
  );
}
