"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "@/lib/client/queries";
import { DatabaseCard } from "./database-card";
import { ForgeCard } from "./forge-card";
import { ManagementCard } from "./management-card";
import { SectionState } from "./section-state";
import { WorkloadsCard } from "./workloads-card";

/** What the portal hears from, and how well. */
export function HealthSection() {
  const { data, error, refetch } = useQuery(queries.health());
  return (
    <>
      <SectionState
        what="The portal's health"
        known={data !== undefined}
        error={error}
        onRetry={() => void refetch()}
      />
      {data && (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <ManagementCard management={data.management} />
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            <ForgeCard forge={data.forge} />
            <WorkloadsCard workloads={data.workloads} />
            <DatabaseCard database={data.database} />
          </div>
        </div>
      )}
    </>
  );
}
