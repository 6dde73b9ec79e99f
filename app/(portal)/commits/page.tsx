import type { Metadata } from "next";
import { CommitsView } from "@/components/commits/commits-view";
import { Prefetched } from "@/components/shell/prefetched";
import { loadCommitListParams } from "@/lib/client/commit-list-params";
import { queryKeys } from "@/lib/client/query-keys";
import { listCommits } from "@/lib/queries/list-commits";
import { readContext } from "@/lib/server/session";

export const metadata: Metadata = { title: "Commits" };

export default async function CommitsPage({ searchParams }: PageProps<"/commits">) {
  const params = loadCommitListParams(await searchParams);
  const list = await listCommits(await readContext(), params);
  return (
    <Prefetched queryKey={queryKeys.commits(params)} data={list}>
      <CommitsView />
    </Prefetched>
  );
}
