import type { PoolRow } from "@/lib/queries/views";
import { StatusText } from "@/components/status/status-text";
import { VersionCell } from "@/components/clusters/version-cell";
import { NodesCell } from "@/components/clusters/nodes-cell";
import { Table } from "@/components/ui/table";

const columns = [
  { key: "pool", label: "Pool" },
  { key: "state", label: "State" },
  { key: "size", label: "Size" },
  { key: "nodes", label: "Nodes", numeric: true },
  { key: "version", label: "Kubernetes" },
  { key: "mode", label: "Mode" },
];

/** Node pools, one line each. */
export function PoolTable({ pools }: { pools: PoolRow[] }) {
  return (
    <Table
      label="Node pools"
      columns={columns}
      rows={pools.map((pool) => ({
        key: pool.name,
        below: pool.message,
        cells: {
          pool: <code className="mono">{pool.name}</code>,
          state: <StatusText block mark={pool.mark} />,
          size: <code className="mono text-text-2">{pool.size ?? "–"}</code>,
          nodes: (
            <>
              <NodesCell row={{ nodesReady: pool.ready, nodesDesired: pool.desired }} />
              {pool.min !== null && pool.max !== null && (
                <span className="text-text-3">{` of ${pool.min}–${pool.max}`}</span>
              )}
            </>
          ),
          version: <VersionCell row={{ ...pool, ahead: false }} />,
          mode: <span className="text-text-2">{pool.mode ?? "–"}</span>,
        },
      }))}
    />
  );
}
