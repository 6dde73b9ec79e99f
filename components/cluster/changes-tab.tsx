import type { ClusterDetail } from "@/lib/queries/views";
import { ChangeRows } from "@/components/changes/change-rows";
import { EmptyState } from "@/components/ui/empty-state";

/** Pull requests that touched this cluster, newest first. */
export function ChangesTab({ cluster }: { cluster: ClusterDetail }) {
  if (cluster.changes.length === 0) {
    return (
      <EmptyState title="No change known">
        No pull request in the portal’s memory touched this cluster.
      </EmptyState>
    );
  }
  return (
    <div className="card overflow-hidden">
      <ChangeRows rows={cluster.changes} />
    </div>
  );
}
