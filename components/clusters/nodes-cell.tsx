import type { ClusterRow } from "@/lib/queries/views";

/** Nodes; "ready/wanted" where not all are ready. */
export function NodesCell({ row }: { row: Pick<ClusterRow, "nodesReady" | "nodesDesired"> }) {
  const { nodesReady: ready, nodesDesired: desired } = row;
  if (ready === null && desired === null) return <span className="text-text-3">–</span>;
  if (ready === null || desired === null || ready === desired) return <span>{ready ?? desired}</span>;
  return (
    <span>
      {ready}/{desired}
    </span>
  );
}
