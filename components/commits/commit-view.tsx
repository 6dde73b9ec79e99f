"use client";

import { useQuery } from "@tanstack/react-query";
import { ApiError } from "@/lib/client/api-error";
import { queries } from "@/lib/client/queries";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { ErrorState } from "@/components/ui/error-state";
import { GoneNotice } from "@/components/ui/gone-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { CommitFiles } from "./commit-files";
import { CommitHead } from "./commit-head";
import { CommitTargets } from "./commit-targets";
import { ReachCard } from "./reach-card";

/** One commit and how far it has come: which clusters must have it, which do, what holds up the others. */
export function CommitView({ sha }: { sha: string }) {
  const { data, error, refetch } = useQuery(queries.commit(sha));
  const gone = error instanceof ApiError && error.status === 404;
  return (
    <>
      <PageHeader title={sha.slice(0, 7)} parent={{ href: "/commits", label: "Commits" }} />
      <PageBody>
        {gone && (
          <GoneNotice
            title="This commit is no longer here"
            back={{ href: "/commits", label: "Go to all commits" }}
          >
            The branch was rewritten without it, or it reaches no cluster of your teams any more.
          </GoneNotice>
        )}
        {error && !gone && (
          <div className="mb-4">
            <ErrorState
              title="The commit could not be read"
              message={data ? `${error.message} Below is what we knew last.` : error.message}
              onRetry={() => void refetch()}
            />
          </div>
        )}
        {!data && !error && <Skeleton className="h-7 w-64" />}
        {data && (
          <div className="grid gap-4">
            <CommitHead commit={data} />
            <ReachCard commit={data} />
            {data.clusters.length > 0 && <CommitTargets rows={data.clusters} />}
            <CommitFiles commit={data} />
          </div>
        )}
      </PageBody>
    </>
  );
}
