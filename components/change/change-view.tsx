"use client";

import { useQuery } from "@tanstack/react-query";
import { ApiError } from "@/lib/client/api-error";
import { queries } from "@/lib/client/queries";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { ErrorState } from "@/components/ui/error-state";
import { GoneNotice } from "@/components/ui/gone-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { AfterMergeCard } from "./after-merge-card";
import { ChangeHead } from "./change-head";
import { ChecksCard } from "./checks-card";
import type { DecisionActions } from "./decision";
import { DecisionCard } from "./decision-card";
import { DiffCard } from "./diff-card";
import { ParametersCard } from "./parameters-card";
import { UnknownChange } from "./unknown-change";
import { WhyCard } from "./why-card";

interface Props {
  number: number;
  /** False where the server knew no such change for this person when the page was made. */
  known: boolean;
  decide: DecisionActions;
}

/** One change, read like a careful colleague's pull request: what, why, the diff, the checks, the decision. */
export function ChangeView({ number, known, decide }: Props) {
  const { data, error, refetch } = useQuery(queries.change(number));
  const gone = error instanceof ApiError && error.status === 404;
  return (
    <>
      <PageHeader title={`#${number}`} parent={{ href: "/changes", label: "Changes" }} />
      <PageBody>
        {!data && (gone || (!known && !error)) && <UnknownChange number={number} />}
        {data && gone && (
          <GoneNotice
            title={`#${number} is no longer here`}
            back={{ href: "/changes", label: "Go to the changes" }}
          >
            It is gone, or now belongs to a team you are not in. Below is what we knew last.
          </GoneNotice>
        )}
        {error && !gone && (
          <div className="mb-4">
            <ErrorState
              title="The change could not be read"
              message={data ? `${error.message} Below is what we knew last.` : error.message}
              onRetry={() => void refetch()}
            />
          </div>
        )}
        {!data && !error && known && <Skeleton className="h-7 w-72" />}
        {data && (
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_372px]">
            <div className="grid min-w-0 gap-4 max-lg:contents">
              <ChangeHead change={data} />
              {data.state === "merged" && <AfterMergeCard change={data} />}
              <WhyCard change={data} />
              <DiffCard change={data} />
            </div>
            <div className="grid min-w-0 gap-4 max-lg:contents">
              <DecisionCard change={data} decide={decide} onDecided={() => void refetch()} />
              <ChecksCard checks={data.checks} trouble={data.trouble ?? null} />
              <ParametersCard parameters={data.parameters} />
              {data.state === "open" && <AfterMergeCard change={data} />}
            </div>
          </div>
        )}
      </PageBody>
    </>
  );
}
