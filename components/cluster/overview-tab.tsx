import type { ClusterDetail } from "@/lib/queries/views";
import { Card } from "@/components/ui/card";
import { AccessCard } from "./access-card";
import { ConditionsCard } from "./conditions-card";
import { FluxList } from "./flux-list";
import { fluxCaption } from "./flux-caption";
import { JourneyCard } from "./journey-card";
import { PoolTable } from "./pool-table";
import { SourceCard } from "./source-card";
import { TroubleBanner } from "./trouble-banner";

interface Props {
  cluster: ClusterDetail;
  onTab: (tab: "reconciliation" | "nodes") => void;
}

/** The tab one lands on: what is wrong, Flux, pools; beside it how it came to be and its conditions in words. */
export function OverviewTab({ cluster, onTab }: Props) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_372px]">
      <div className="grid min-w-0 gap-4">
        {cluster.trouble && <TroubleBanner trouble={cluster.trouble} />}
        <Card
          title="Flux"
          aside={fluxCaption(cluster)}
          end={
            <More
              label="All"
              onClick={() => {
                onTab("reconciliation");
              }}
            />
          }
        >
          <FluxList objects={cluster.fluxObjects} note={cluster.fluxNote} />
        </Card>
        {cluster.pools.length > 0 && (
          <Card
            title="Pools"
            end={
              <More
                label="Details"
                onClick={() => {
                  onTab("nodes");
                }}
              />
            }
          >
            <PoolTable pools={cluster.pools} />
          </Card>
        )}
      </div>
      <div className="grid min-w-0 gap-4">
        <JourneyCard caption={cluster.journey.caption} steps={cluster.journey.steps} />
        <SourceCard cluster={cluster} />
        <ConditionsCard conditions={cluster.conditions} />
        <AccessCard ways={cluster.access ?? []} />
      </div>
    </div>
  );
}

function More({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} className="hover:text-text hover:underline">
      {label} ›
    </button>
  );
}
