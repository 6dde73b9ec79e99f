import type { NodeRow } from "@/lib/queries/views";
import { StatusText } from "@/components/status/status-text";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table } from "@/components/ui/table";

const columns = [
  { key: "node", label: "Node" },
  { key: "state", label: "State" },
  { key: "pool", label: "Pool" },
  { key: "version", label: "Kubernetes" },
  { key: "since", label: "Since" },
];

/** Nodes as the cluster's own API server tells of them; those that are not ready first, with the reason. */
export function NodeTable({ nodes }: { nodes: NodeRow[] }) {
  const calm = ({ mark }: NodeRow) => (mark.tone === "healthy" ? 1 : 0);
  return (
    <Table
      label="Nodes"
      columns={columns}
      rows={[...nodes]
        .sort((a, b) => calm(a) - calm(b))
        .map((node) => ({
          key: node.name,
          below: node.message,
          cells: {
            node: <code className="mono">{node.name}</code>,
            state: <StatusText block mark={node.mark} />,
            pool: <code className="mono text-text-2">{node.pool ?? "–"}</code>,
            version: <code className="mono text-text-2">{node.version ?? "–"}</code>,
            since: node.since === null ? "–" : <RelativeTime at={node.since} className="text-text-2" />,
          },
        }))}
    />
  );
}
