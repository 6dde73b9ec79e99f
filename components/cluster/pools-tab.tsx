import type { ClusterDetail } from "@/lib/queries/views";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ListNote } from "./list-note";
import { NodeTable } from "./node-table";
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
    <div className="grid gap-4">
      <Card title="Pools" aside={nodes}>
        <PoolTable pools={cluster.pools} />
      </Card>
      {(cluster.nodes.length > 0 || cluster.nodesNote !== null) && (
        <Card title="Nodes" aside={`${cluster.nodes.length}`}>
          {cluster.nodesNote !== null && <ListNote>{cluster.nodesNote}</ListNote>}
          {cluster.nodes.length > 0 && <NodeTable nodes={cluster.nodes} />}
        </Card>
      )}
    </div>
  );
}
