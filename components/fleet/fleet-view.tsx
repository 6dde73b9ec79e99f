"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { queries } from "@/lib/client/queries";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { ErrorState } from "@/components/ui/error-state";
import { PickerChip } from "@/components/ui/picker-chip";
import { ActivityCard } from "./activity-card";
import { AttentionCard } from "./attention-card";
import { EmptyFleet } from "./empty-fleet";
import { FleetMap } from "./fleet-map";
import { FleetSkeleton } from "./fleet-skeleton";
import { FleetSummary } from "./fleet-summary";
import { InFlightCard } from "./in-flight-card";
import { mapGroupings, parseMapGrouping } from "./map-grouping";
import { VersionsCard } from "./versions-card";
import { WaitingCard } from "./waiting-card";

const address = { by: parseMapGrouping, team: parseAsString.withDefault("") };

/** The whole fleet on one page: how it is, what is wrong and why, what moves, and who did what. */
export function FleetView() {
  const { data, error, refetch } = useQuery(queries.fleet());
  const shell = useQuery(queries.shell()).data;
  const [{ by, team }, setAddress] = useQueryStates(address);
  const teams = [...new Set(data?.clusters.flatMap((cluster) => cluster.team ?? []))].sort();
  return (
    <>
      <PageHeader title="Fleet">
        {data && data.total > 0 && (
          <div className="hidden items-center gap-2 sm:flex">
            <PickerChip
              label="Columns of the map"
              value={by}
              options={mapGroupings.map((value) => ({ value, label: `environment × ${value}` }))}
              onChange={(value) => void setAddress({ by: value })}
            />
            <PickerChip
              label="Team"
              value={team}
              options={[
                { value: "", label: "All teams" },
                ...teams.map((value) => ({ value, label: value })),
              ]}
              onChange={(value) => void setAddress({ team: value === "" ? null : value })}
            />
          </div>
        )}
      </PageHeader>
      <PageBody>
        {!data && error && (
          <ErrorState
            title="The fleet could not be read"
            message={error.message}
            onRetry={() => void refetch()}
          />
        )}
        {!data && !error && <FleetSkeleton />}
        {data?.total === 0 && (
          <EmptyFleet shell={shell} waiting={data.waitingForMe} inFlight={data.inFlight} />
        )}
        {data && data.total > 0 && (
          <>
            <FleetSummary total={data.total} summary={data.summary} />
            <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_372px]">
              <div className="grid min-w-0 gap-4 max-lg:contents">
                <FleetMap
                  clusters={
                    team === "" ? data.clusters : data.clusters.filter((cluster) => cluster.team === team)
                  }
                  by={by}
                />
                <InFlightCard changes={data.inFlight} />
                <ActivityCard activity={data.activity} />
              </div>
              <div className="grid min-w-0 gap-4 max-lg:contents">
                <AttentionCard trouble={data.trouble} />
                <WaitingCard changes={data.waitingForMe} />
                <VersionsCard versions={data.versions} />
              </div>
            </div>
          </>
        )}
      </PageBody>
    </>
  );
}
