"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { ApiError } from "@/lib/client/api-error";
import { queries } from "@/lib/client/queries";
import type { ClusterDetail } from "@/lib/queries/views";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { ChangesTab } from "./changes-tab";
import { ClusterHead } from "./cluster-head";
import { GoneCluster } from "./gone-cluster";
import { FactStrip } from "./fact-strip";
import { FilesTab } from "./files-tab";
import { OverviewTab } from "./overview-tab";
import { PoolsTab } from "./pools-tab";
import { ReconciliationTab } from "./reconciliation-tab";
import { TimelineTab } from "./timeline-tab";
import { WorkloadsTab } from "./workloads-tab";

const tabs = ["overview", "reconciliation", "nodes", "workloads", "timeline", "changes", "files"] as const;
type Tab = (typeof tabs)[number];

const words: Record<Tab, string> = {
  overview: "Overview",
  reconciliation: "Reconciliation",
  nodes: "Nodes and pools",
  workloads: "Workloads",
  timeline: "Timeline",
  changes: "Changes",
  files: "Files",
};

/** One cluster: how it is and why, what runs on it, how it came to be, and its files in Git. */
export function ClusterView({ slug }: { slug: string }) {
  const { data, error, refetch } = useQuery(queries.cluster(slug));
  const [tab, setTab] = useQueryState(
    "tab",
    parseAsStringLiteral(tabs).withDefault("overview").withOptions({ history: "push" }),
  );
  const gone = error instanceof ApiError && error.status === 404;
  return (
    <>
      <PageHeader title={data?.name ?? slug} parent={{ href: "/clusters", label: "Clusters" }} />
      <PageBody>
        {gone && <GoneCluster name={data?.name ?? slug} last={data ?? null} />}
        {error && !gone && (
          <div className="mb-4">
            <ErrorState
              title="The cluster could not be read"
              message={data ? `${error.message} Below is what we knew last.` : error.message}
              onRetry={() => void refetch()}
            />
          </div>
        )}
        {!data && !error && <Skeleton className="h-7 w-64" />}
        {data && (
          <>
            <ClusterHead cluster={data} />
            <FactStrip cluster={data} />
            <Tabs
              label={`Parts of ${data.name}`}
              value={tab}
              onChange={(next) => void setTab(next)}
              tabs={tabs.map((value) => ({ value, label: words[value], count: countOf(value, data) }))}
            >
              {(value) => panels[value](data, (next) => void setTab(next))}
            </Tabs>
          </>
        )}
      </PageBody>
    </>
  );
}

function countOf(tab: Tab, cluster: ClusterDetail): number | undefined {
  return tab === "changes" && cluster.changes.length > 0 ? cluster.changes.length : undefined;
}

const panels: Record<Tab, (cluster: ClusterDetail, onTab: (tab: Tab) => void) => ReactNode> = {
  overview: (cluster, onTab) => <OverviewTab cluster={cluster} onTab={onTab} />,
  reconciliation: (cluster) => <ReconciliationTab cluster={cluster} />,
  nodes: (cluster) => <PoolsTab cluster={cluster} />,
  workloads: (cluster) => <WorkloadsTab cluster={cluster} />,
  timeline: (cluster) => <TimelineTab slug={cluster.slug} />,
  changes: (cluster) => <ChangesTab cluster={cluster} />,
  files: (cluster) => <FilesTab files={cluster.files} />,
};
