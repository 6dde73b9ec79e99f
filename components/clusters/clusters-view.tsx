"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { clusterListSearch } from "@/lib/client/cluster-list-params";
import { queries } from "@/lib/client/queries";
import type { ClusterFacet, ClusterList } from "@/lib/queries/views";
import { ActiveFilters } from "@/components/list/active-filters";
import { FacetRail, type FacetProps } from "@/components/list/facet-rail";
import { FacetSheet } from "@/components/list/facet-sheet";
import { CauseCard } from "@/components/causes/cause-card";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { FilterInput } from "@/components/ui/filter-input";
import { Pager } from "@/components/ui/pager";
import { cx } from "@/components/ui/cx";
import { ClusterTable } from "./cluster-table";
import { ClustersSkeleton } from "./clusters-skeleton";
import { shownColumns } from "./column-choice";
import type { ViewActions } from "./contracts";
import { facetWords } from "./facet-words";
import { ColumnsMenu, ExportMenu, GroupMenu } from "./list-menus";
import { useClusterAddress } from "./use-cluster-address";
import { ViewsMenu } from "./views-menu";

interface Props {
  /** As the person last chose them; null where he never did. */
  columns: string[] | null;
  actions: ViewActions;
}

/** Every cluster the person may see: filtered, sorted and paged by the server, all of it in the address. */
export function ClustersView({ columns, actions }: Props) {
  const address = useClusterAddress();
  const { params } = address;
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...queries.clusters(params),
    placeholderData: keepPreviousData,
  });
  const canRequest = useQuery(queries.shell()).data?.canRequest ?? false;
  const newCluster = canRequest && (
    <Link href="/clusters/new" className={buttonClass("primary")}>
      New cluster
    </Link>
  );
  const empty = data?.total === 0;
  const search = clusterListSearch({ ...params, page: 1 });
  const shown = shownColumns(address.columns, columns);
  const choose = (next: string[]) => {
    address.setColumns(next);
    void actions.chooseColumns({ columns: next }).catch(() => undefined);
  };
  const facets = ({ facets }: ClusterList): FacetProps<ClusterFacet> => ({
    words: facetWords,
    facets,
    filters: params.filters,
    onToggle: address.toggle,
    mono: ["version"],
  });
  return (
    <>
      <PageHeader title="Clusters" />
      <PageBody>
        {!data && error && (
          <ErrorState
            title="The clusters could not be read"
            message={error.message}
            onRetry={() => void refetch()}
          />
        )}
        {!data && !error && <ClustersSkeleton />}
        {empty && (
          <EmptyState title="No cluster here yet" action={newCluster}>
            Clusters appear once they are merged in the fleet repository and your teams may see them.
          </EmptyState>
        )}
        {data && !empty && (
          <div className="grid items-start gap-4 lg:grid-cols-[168px_minmax(0,1fr)]">
            <aside aria-label="Filters" className="max-lg:hidden">
              <FacetRail {...facets(data)} />
            </aside>
            <div className="min-w-0">
              {data.cause !== undefined && <CauseCard cause={data.cause} />}
              <div className="mb-2.5 flex flex-wrap items-center gap-2">
                <FilterInput
                  label="Filter clusters"
                  placeholder="Filter by name, label, version, owner or error…"
                  value={params.text}
                  onChange={address.setText}
                />
                <FacetSheet {...facets(data)} show="Show clusters" />
                <ActiveFilters
                  words={facetWords}
                  filters={params.filters}
                  onToggle={address.toggle}
                  onClear={address.clear}
                />
                <span className="ml-auto flex flex-wrap items-center gap-2 max-md:hidden">
                  <ViewsMenu search={search} actions={actions} />
                  <GroupMenu group={params.group} onChange={address.groupBy} />
                  <ColumnsMenu shown={shown} onChange={choose} />
                  <ExportMenu search={search} />
                </span>
                {newCluster}
              </div>
              <div
                className={cx("transition-opacity", isPlaceholderData && "opacity-60")}
                aria-busy={isPlaceholderData}
              >
                <ClusterTable
                  rows={data.rows}
                  sort={params.sort}
                  descending={params.descending}
                  onSort={address.sortBy}
                  shown={shown}
                  groups={data.groups}
                />
              </div>
              <Pager
                page={params.page}
                pageSize={params.pageSize}
                matched={data.matched}
                onPage={address.setPage}
                note={
                  data.matched === data.total
                    ? `${data.total} clusters you may see`
                    : `${data.matched} of ${data.total} clusters you may see`
                }
              />
            </div>
          </div>
        )}
      </PageBody>
    </>
  );
}
