"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { changeListParsers, changeStates, toParams } from "@/lib/client/change-list-params";
import { queries } from "@/lib/client/queries";
import type { ChangeList, ChangeListParams } from "@/lib/queries/views";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { FilterInput } from "@/components/ui/filter-input";
import { Pager } from "@/components/ui/pager";
import { Segments } from "@/components/ui/segments";
import { Skeleton } from "@/components/ui/skeleton";
import { ChangeRows } from "./change-rows";

const words: Record<ChangeListParams["state"], string> = {
  open: "Open",
  merged: "Merged",
  closed: "Closed",
  all: "All",
};

const nothing: Record<ChangeListParams["state"], string> = {
  open: "No change is open. Whoever may ask for a cluster opens one with New cluster.",
  merged: "No change has been merged yet.",
  closed: "No change was closed without merging.",
  all: "There is no change yet.",
};

/** Pull requests of the fleet repository, ours and hand-made, by state. */
export function ChangesView() {
  const [address, setAddress] = useQueryStates(changeListParsers, { history: "push" });
  const params = toParams(address);
  const { data, error, refetch } = useQuery({
    ...queries.changes(params),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader title="Changes" />
      <PageBody>
        {!data && error && (
          <ErrorState
            title="The changes could not be read"
            message={error.message}
            onRetry={() => void refetch()}
          />
        )}
        <div className="mb-2.5 flex flex-wrap items-center gap-2">
          <Segments
            label="State"
            value={params.state}
            options={changeStates.map((value) => ({
              value,
              label: words[value],
              count: countOf(data, value),
            }))}
            onChange={(state) => void setAddress({ state, page: 1 })}
          />
          <FilterInput
            label="Filter changes"
            placeholder="Filter by title, number, cluster or person…"
            value={params.text}
            onChange={(text) => void setAddress({ text, page: 1 }, { history: "replace" })}
          />
        </div>
        {!data && !error && <Skeleton className="h-[120px] w-full rounded-lg" />}
        {data && data.rows.length > 0 && (
          <div className="card overflow-hidden">
            <ChangeRows rows={data.rows} />
          </div>
        )}
        {data?.rows.length === 0 && (
          <div className="card">
            <EmptyState title={params.text === "" ? "Nothing here" : "No change matches"}>
              {params.text === "" ? nothing[params.state] : "Look for less, or in another state."}
            </EmptyState>
          </div>
        )}
        {data && (
          <Pager
            page={params.page}
            pageSize={params.pageSize}
            matched={data.matched}
            onPage={(page) => void setAddress({ page })}
            note={`${data.matched} ${data.matched === 1 ? "change" : "changes"} you may see`}
          />
        )}
      </PageBody>
    </>
  );
}

function countOf(list: ChangeList | undefined, state: ChangeListParams["state"]): number | undefined {
  if (!list) return undefined;
  const { open, merged, closed } = list.counts;
  return state === "all" ? open + merged + closed : list.counts[state];
}
