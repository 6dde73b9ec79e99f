import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CommitView } from "@/components/commits/commit-view";
import { Prefetched } from "@/components/shell/prefetched";
import { queryKeys } from "@/lib/client/query-keys";
import { findCommit } from "@/lib/queries/find-commit";
import { readContext } from "@/lib/server/session";

type Props = PageProps<"/commits/[sha]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { sha } = await params;
  return { title: `Commit ${sha.slice(0, 7)}` };
}

export default async function CommitPage({ params }: Props) {
  const { sha } = await params;
  const commit = await findCommit(await readContext(), sha);
  if (commit === null) notFound();
  return (
    <Prefetched queryKey={queryKeys.commit(sha)} data={commit}>
      <CommitView sha={sha} />
    </Prefetched>
  );
}
