import type { StoredClusterDetail } from "../db/clusters.ts";
import { parseStoredNodes } from "../domain/cluster/read-node.ts";
import { unreadSentence, type UnreadKind } from "../domain/cluster/unread-kind.ts";
import { parseTone } from "./cluster-mark.ts";
import { asOld, unknownMark, type Old } from "./why-old.ts";
import type { NodeRow, WorkloadRow } from "./views.ts";

/** Why a list of workload objects of this kind is the last known; null while it is not. */
export function kindNote(kind: string, unread: readonly UnreadKind[], contactNote: string | null) {
  if (contactNote !== null) return contactNote;
  const one = unread.find((other) => other.home === "workload" && other.kind === kind);
  return one ? `${unreadSentence(one)}. What is shown of them is the last known.` : null;
}

/** The nodes; of one that is not ready its own words, in short; `old` says why nobody knows them now. */
export function toNodeRows(stored: unknown, old: Old | null): NodeRow[] {
  return parseStoredNodes(stored).map(({ tone, word, reason, message, ...node }) => {
    const why = [reason, message].filter((text) => text !== null).join(": ");
    const row: NodeRow = { ...node, mark: { tone, word }, message: why === "" ? null : why };
    return asOld(row, old);
  });
}

/** The Deployments. */
export function toWorkloadRow(
  workload: StoredClusterDetail["workloads"][number],
  old: Old | null,
): WorkloadRow {
  const { kind, namespace, name, ready, desired, images } = workload;
  const mark = old ? unknownMark : { tone: parseTone(workload.tone), word: workload.word };
  return { kind, namespace, name, mark, ready, desired, images };
}
