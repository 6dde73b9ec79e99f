"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queries } from "@/lib/client/queries";
import type { FluxFacet, FluxList } from "@/lib/queries/flux-views";
import { ClustersSkeleton } from "@/components/clusters/clusters-skeleton";
import { ActiveFilters } from "@/components/list/active-filters";
import { FacetRail, type FacetProps } from "@/components/list/facet-rail";
import { FacetSheet } from "@/components/list/facet-sheet";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { FilterInput } from "@/components/ui/filter-input";
import { Pager } from "@/components/ui/pager";
import { BulkBar } from "./bulk-bar";
import type { Reconcile } from "./contracts";
import { fluxFacetWords } from "./flux-words";
import { FluxTable } from "./flux-table";
import { useFluxAddress } from "./use-flux-address";
import { useReconcile } from "./use-reconcile";

/** Every Flux object the person may see, of the management cluster and of all workload clusters. */
export function ReconciliationView({ reconcile }: { reconcile: Reconcile }) {
  const address = useFluxAddress();
  const { params } = address;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { pending, run } = useReconcile(reconcile, () => {
    setChosen(new Set());
  });
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...queries.fluxObjects(params),
    placeholderData: keepPreviousData,
  });
  const choose = (ids: string[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids)
      if (on) next.add(id);
      else next.delete(id);
    setChosen(next);
  };
  const empty = data?.total === 0;
  const facetsOf = ({ facets }: FluxList): FacetProps<FluxFacet> => ({
    words: fluxFacetWords,
    facets,
    filters: params.filters,
    onToggle: address.toggle,
  });
  return (
    <>
      <PageHeader title="Reconciliation" />
      <PageBody>
        {!data && error && (
          <ErrorState
            title="The Flux objects could not be read"
            message={error.message}
            onRetry={() => void refetch()}
          />
        )}
        {!data && !error && <ClustersSkeleton />}
        {empty && (
          <EmptyState title="No Flux object here yet">
            They appear once the management cluster is read and your teams have clusters.
          </EmptyState>
        )}
        {data && !empty && (
          <div className="grid items-start gap-4 lg:grid-cols-[168px_minmax(0,1fr)]">
            <aside aria-label="Filters" className="max-lg:hidden">
              <FacetRail {...facetsOf(data)} />
            </aside>
            <div className="min-w-0">
              <div className="mb-2.5 flex flex-wrap items-center gap-2">
                <FilterInput
                  label="Filter objects"
                  placeholder="Filter by name, kind, cluster, revision or error…"
                  value={params.text}
                  onChange={address.setText}
                />
                <FacetSheet {...facetsOf(data)} show="Show objects" />
                <Button
                  aria-pressed={address.failing}
                  className={cx(address.failing && "bg-selected! text-accent-text!")}
                  onClick={() => {
                    address.setFailing(!address.failing);
                  }}
                >
                  Failing only
                </Button>
                {params.cluster !== "" && (
                  <Button
                    aria-label={`Remove filter cluster ${params.cluster}`}
                    onClick={() => {
                      address.setCluster("");
                    }}
                  >
                    Cluster <b className="font-[560]">{params.cluster}</b> ×
                  </Button>
                )}
                {!address.failing && (
                  <ActiveFilters
                    words={fluxFacetWords}
                    filters={params.filters}
                    onToggle={address.toggle}
                    onClear={address.clear}
                  />
                )}
              </div>
              <div
                className={cx("transition-opacity", isPlaceholderData && "opacity-60")}
                aria-busy={isPlaceholderData}
              >
                <FluxTable
                  rows={data.rows}
                  sort={params.sort}
                  descending={params.descending}
                  onSort={address.sortBy}
                  chosen={chosen}
                  onChoose={choose}
                />
              </div>
              <Pager
                page={params.page}
                pageSize={params.pageSize}
                matched={data.matched}
                onPage={address.setPage}
                note={
                  data.matched === data.total
                    ? `${data.total} objects you may see`
                    : `${data.matched} of ${data.total} objects you may see`
                }
              />
            </div>
          </div>
        )}
        <BulkBar
          count={chosen.size}
          pending={pending}
          onReconcile={() => {
            run({ ids: [...chosen] });
          }}
          onClear={() => {
            setChosen(new Set());
          }}
        />
      </PageBody>
    </>
  );
}
