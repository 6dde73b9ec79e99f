import type { ReactNode } from "react";
import type { ClusterDetail } from "@/lib/queries/views";
import { ExpiryCell } from "@/components/clusters/expiry-cell";
import { VersionCell } from "@/components/clusters/version-cell";
import { RevisionLink } from "@/components/commits/revision-link";
import { RelativeTime } from "@/components/ui/relative-time";

/** What one asks of a cluster first, in one line. */
export function FactStrip({ cluster }: { cluster: ClusterDetail }) {
  return (
    <dl className="card mb-4 flex flex-wrap overflow-hidden max-md:grid max-md:grid-cols-2">
      <Fact label="Kubernetes">
        <VersionCell row={cluster} />
      </Fact>
      <Fact
        label="Nodes"
        aside={
          cluster.nodesDesired === null
            ? undefined
            : `of ${cluster.nodesDesired} ready${cluster.nodesLastKnown ? ", last known" : ""}`
        }
      >
        {cluster.nodesReady ?? "–"}
      </Fact>
      <Fact label="Provider" aside={[cluster.region, cluster.template].filter(Boolean).join(" · ")}>
        {cluster.provider}
      </Fact>
      <Fact label="Environment">{cluster.environment ?? "–"}</Fact>
      <Fact label="Team" aside={cluster.owner ?? undefined}>
        {cluster.team ?? "none"}
      </Fact>
      <Fact
        label="Applied"
        aside={cluster.revisionAt === null ? undefined : <RelativeTime at={cluster.revisionAt} ago />}
      >
        {cluster.revision === null ? "–" : <RevisionLink sha={cluster.revision} />}
      </Fact>
      {cluster.expiresAt !== null && (
        <Fact label="Expires">
          <ExpiryCell at={cluster.expiresAt} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, aside, children }: { label: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <div className="-ml-px min-w-0 flex-auto border-l px-3.5 py-2.5 max-md:-mt-px max-md:border-t">
      <dt className="mb-0.5 text-xs text-text-3">{label}</dt>
      <dd className="truncate">
        <span className="font-[540]">{children}</span>
        {aside !== undefined && aside !== "" && <span className="text-text-3"> {aside}</span>}
      </dd>
    </div>
  );
}
