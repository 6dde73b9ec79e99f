import type { StoredClusterDetail } from "../db/clusters.ts";
import { parseStoredNodes } from "../domain/cluster/read-node.ts";
import { unreadSentence, type UnreadKind } from "../domain/cluster/unread-kind.ts";
import { parseTone } from "./cluster-mark.ts";
import type { FluxRow, NodeRow, WorkloadRow } from "./views.ts";

const unknown = { tone: "unknown", word: "Unknown" } as const;

/** What is known of a thing whose kind cannot be read: its state is Unknown, since then, and what it last was. */
export function asLastKnown<T extends Pick<FluxRow, "mark" | "message">>(row: T, one: UnreadKind): T {
  return { ...row, mark: unknown, message: `last known: ${row.mark.word}; ${unreadSentence(one)}` };
}

/** Why a list of workload objects of this kind is the last known; null while it is not. */
export function kindNote(kind: string, unread: readonly UnreadKind[], contactNote: string | null) {
  if (contactNote !== null) return contactNote;
  const one = unread.find((other) => other.home === "workload" && other.kind === kind);
  return one ? `${unreadSentence(one)}. What is shown of them is the last known.` : null;
}

/** The nodes; of one that is not ready its own words, in short. */
export function toNodeRows(stored: unknown, unread: readonly UnreadKind[]): NodeRow[] {
  const one = unread.find(({ home, kind }) => home === "workload" && kind === "Node");
  return parseStoredNodes(stored).map(({ tone, word, reason, message, ...node }) => {
    const why = [reason, message].filter((text) => text !== null).join(": ");
    const row: NodeRow = { ...node, mark: { tone, word }, message: why === "" ? null : why };
    return one ? { ...asLastKnown(row, one), since: one.since } : row;
  });
}

/** The Deployments. */
export function toWorkloadRow(
  workload: StoredClusterDetail["workloads"][number],
  unread: readonly UnreadKind[],
): WorkloadRow {
  const { kind, namespace, name, ready, desired, images } = workload;
  const old = unread.some((one) => one.home === "workload" && one.kind === kind);
  const mark = old ? unknown : { tone: parseTone(workload.tone), word: workload.word };
  return { kind, namespace, name, mark, ready, desired, images };
}
