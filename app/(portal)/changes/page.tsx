import type { Metadata } from "next";
import { ChangesView } from "@/components/changes/changes-view";
import { Prefetched } from "@/components/shell/prefetched";
import { loadChangeListParams } from "@/lib/client/change-list-params";
import { queryKeys } from "@/lib/client/query-keys";
import { listChanges } from "@/lib/queries/list-changes";
import { readContext } from "@/lib/server/session";

export const metadata: Metadata = { title: "Changes" };

export default async function ChangesPage({ searchParams }: PageProps<"/changes">) {
  const params = loadChangeListParams(await searchParams);
  const list = await listChanges(await readContext(), params);
  return (
    <Prefetched queryKey={queryKeys.changes(params)} data={list}>
      <ChangesView />
    </Prefetched>
  );
}
