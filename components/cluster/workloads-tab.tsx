import type { ClusterDetail } from "@/lib/queries/views";
import { StatusText } from "@/components/status/status-text";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ListNote } from "./list-note";
import { Table } from "@/components/ui/table";

const columns = [
  { key: "name", label: "Workload" },
  { key: "state", label: "State" },
  { key: "ready", label: "Ready", numeric: true },
  { key: "images", label: "Images" },
];

/** What runs on the cluster. */
export function WorkloadsTab({ cluster }: { cluster: ClusterDetail }) {
  if (cluster.workloads.length === 0) {
    return (
      <EmptyState title="No workload known">
        {cluster.workloadsNote ??
          "Workloads appear once the portal can read the cluster and Flux has applied them."}
      </EmptyState>
    );
  }
  return (
    <Card title="Workloads" aside={`${cluster.workloads.length}`}>
      {cluster.workloadsNote !== null && <ListNote>{cluster.workloadsNote}</ListNote>}
      <Table
        label="Workloads"
        columns={columns}
        rows={cluster.workloads.map((workload) => ({
          key: `${workload.kind}/${workload.namespace}/${workload.name}`,
          cells: {
            name: (
              <>
                <span className="text-sm text-text-3">{workload.kind}</span>{" "}
                <code className="mono">
                  <span className="text-text-2">{workload.namespace}/</span>
                  {workload.name}
                </code>
              </>
            ),
            state: <StatusText block mark={workload.mark} />,
            ready: `${workload.ready}/${workload.desired}`,
            images: <code className="mono text-text-2">{workload.images.join(", ")}</code>,
          },
        }))}
      />
    </Card>
  );
}
