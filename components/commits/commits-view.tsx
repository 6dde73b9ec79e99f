"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { commitListParsers, toCommitListParams } from "@/lib/client/commit-list-params";
import { queries } from "@/lib/client/queries";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Pager } from "@/components/ui/pager";
import { Skeleton } from "@/components/ui/skeleton";
import { CommitRows } from "./commit-rows";

/** Commits of the fleet's default branch, newest first, and how many clusters have each. */
export function CommitsView() {
  const [address, setAddress] = useQueryStates(commitListParsers, { history: "push" });
  const params = toCommitListParams(address);
  const { data, error, refetch } = useQuery({
    ...queries.commits(params),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader title="Commits" />
      <PageBody>
        {!data && error && (
          <ErrorState
            title="The commits could not be read"
            message={error.message}
            onRetry={() => void refetch()}
          />
        )}
        {!data && !error && <Skeleton className="h-[120px] w-full rounded-lg" />}
        {data && data.rows.length > 0 && (
          <div className="card overflow-hidden">
            <CommitRows rows={data.rows} />
          </div>
        )}
        {data?.rows.length === 0 && (
          <div className="card">
            <EmptyState title="Nothing here">
              Commits appear once the fleet repository is read and one reaches a cluster you may see.
            </EmptyState>
          </div>
        )}
        {data && (
          <Pager
            page={params.page}
            pageSize={params.pageSize}
            matched={data.matched}
            onPage={(page) => void setAddress({ page })}
            note={`${data.matched} ${data.matched === 1 ? "commit" : "commits"} you may see`}
          />
        )}
      </PageBody>
    </>
  );
}
