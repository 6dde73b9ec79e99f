import type { ClusterFacts } from "../../domain/cluster/facts.ts";
import { readNode, type NodeFacts } from "../../domain/cluster/read-node.ts";
import type { UnreadKind } from "../../domain/cluster/unread-kind.ts";
import type { ClusterData } from "../../db/inventory-rows.ts";
import type { ProjectionInput } from "./projection.ts";

/** The cluster's nodes; the last known while they have not been read. */
export function projectNodes(
  { workload }: ProjectionInput,
  facts: ClusterFacts | null,
  before: ClusterData | null,
): readonly NodeFacts[] {
  if (facts === null) return [];
  if (!workload?.synced || workload.unread.has("Node")) return before?.nodes ?? [];
  return workload.nodes
    .map((node) => readNode(node, facts.pools))
    .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
}

/** Kinds that cannot be read; what was unreadable before an engine started anew is so since then. */
export function projectUnread({ unreadable }: ProjectionInput, before: ClusterData | null): UnreadKind[] {
  return unreadable.map((one) => {
    const known = before?.unread.find(({ home, kind }) => home === one.home && kind === one.kind);
    return known && known.since < one.since ? { ...one, since: known.since } : one;
  });
}
