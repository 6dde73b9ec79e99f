import type { ClusterDetail } from "@/lib/queries/views";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PoolTable } from "./pool-table";

/** Node pools of the cluster. */
export function PoolsTab({ cluster }: { cluster: ClusterDetail }) {
  if (cluster.pools.length === 0) {
    return (
      <EmptyState title="No node pool yet">
        Pools appear once the management cluster knows them, shortly after the cluster is applied.
      </EmptyState>
    );
  }
  const nodes =
    cluster.nodesReady === null
      ? undefined
      : `${cluster.nodesReady} of ${cluster.nodesDesired ?? "?"} nodes ready${cluster.nodesLastKnown ? ", last known" : ""}`;
  return (
    <Card title="Pools" aside={nodes}>
      <PoolTable pools={cluster.pools} />
    </Card>
  );
}
