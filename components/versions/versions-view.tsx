"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "@/lib/client/queries";
import { ClustersSkeleton } from "@/components/clusters/clusters-skeleton";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { AgingCard } from "./aging-card";
import { MatrixCard } from "./matrix-card";
import { MovesCard } from "./moves-card";
import { PartsCard } from "./parts-card";
import { PoolsBehindCard } from "./pools-behind-card";
import { SupportSources } from "./support-sources";

/** Which versions run where, what leaves support, and what runs another version than it should. */
export function VersionsView() {
  const { data, error, refetch } = useQuery(queries.versions());
  const environments = data?.matrix.environments ?? [];
  return (
    <>
      <PageHeader title="Versions" />
      <PageBody>
        {!data && error && (
          <ErrorState
            title="The versions could not be read"
            message={error.message}
            onRetry={() => void refetch()}
          />
        )}
        {!data && !error && <ClustersSkeleton />}
        {data?.total === 0 && (
          <EmptyState title="No cluster here yet">
            Versions appear with the first cluster that you may see.
          </EmptyState>
        )}
        {data && data.total > 0 && (
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-2">
            <AgingCard aging={data.aging} />
            <MatrixCard matrix={data.matrix} unknown={data.unknown} />
            <MovesCard moves={data.moves} />
            <PoolsBehindCard {...data.poolsBehind} />
            <PartsCard
              title="Flux"
              label="Flux controllers by environment"
              parts={data.flux}
              environments={environments}
              unknown={data.fluxUnknown}
            />
            <PartsCard
              title="Add-ons"
              label="Add-on versions by environment"
              parts={data.addOns}
              environments={environments}
            />
            <SupportSources />
          </div>
        )}
      </PageBody>
    </>
  );
}
