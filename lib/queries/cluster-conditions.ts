import type { StoredClusterDetail } from "../db/clusters.ts";
import { conditionsInWords } from "../domain/cluster/conditions-in-words.ts";
import { unreadSentence, type UnreadKind } from "../domain/cluster/unread-kind.ts";
import { parseStoredConditions, statusOf } from "../domain/conditions.ts";
import type { ClusterDetail } from "./views.ts";

type Conditions = ClusterDetail["conditions"];

/** What Cluster API says of the cluster and what the portal finds itself, each as a sentence. */
export function clusterConditions(
  stored: StoredClusterDetail,
  stale: boolean,
  unread: readonly UnreadKind[],
): Conditions {
  return [...toldConditions(stored, stale), ...portalConditions(stored, unread)];
}

/** What the management cluster tells; while it is silent, what it last told. */
function toldConditions(stored: StoredClusterDetail, stale: boolean): Conditions {
  const conditions = parseStoredConditions(stored.conditions);
  const silent = statusOf(conditions, "RemoteConnectionProbe") === "False";
  return conditionsInWords(conditions).map((condition) => {
    if (stale || (silent && ofWorkers(condition))) {
      const mark = { tone: "unknown", word: "Unknown" } as const;
      return { ...condition, mark, sentence: `Last known: ${condition.sentence}` };
    }
    const short = stored.healthReason === "NodesNotReady" && ofWorkers(condition);
    return short ? contradicted(condition, stored) : condition;
  });
}

/** Cluster API counts workers by asking the cluster's API server. */
const ofWorkers = ({ label }: Conditions[number]): boolean => label === "Workers";

/** Where it calls that enough which counts too few, both are said. */
function contradicted(
  condition: Conditions[number],
  { nodesReady, nodesDesired }: StoredClusterDetail,
): Conditions[number] {
  if (condition.mark.tone !== "healthy") return condition;
  const sentence = `Cluster API calls that enough; it counts ${String(nodesReady ?? 0)} of ${String(nodesDesired ?? 0)} nodes ready.`;
  return { ...condition, mark: { tone: "attention", word: "Too few" }, sentence };
}

/** Our own reading of the workload's API server: the portal's trouble, not the cluster's (decisions §5). */
function portalConditions(
  { contact, contactMessage, contactSince }: StoredClusterDetail,
  unread: readonly UnreadKind[],
): ClusterDetail["conditions"] {
  const since = contactSince?.toISOString() ?? null;
  const label = "Read by the portal";
  const parts = unread.map((one) => ({
    label,
    mark: { tone: "attention", word: "In part" } as const,
    sentence: `${unreadSentence(one)}${one.home === "management" ? " on the management cluster" : ""}.`,
    since: one.since,
  }));
  if (contact === "ok") {
    if (contactMessage !== null) {
      const sentence = `Its API server answers the portal, but ${contactMessage}.`;
      return [{ label, mark: { tone: "attention", word: "Slowly" }, sentence, since }, ...parts];
    }
    if (parts.length > 0) return parts;
    const sentence = "Its API server answers the portal.";
    return [{ label, mark: { tone: "healthy", word: "Yes" }, sentence, since }];
  }
  if (contact === "never") return [];
  const sentence = `The portal cannot read it: ${contactMessage ?? "no answer"}.`;
  return [{ label, mark: { tone: "unknown", word: "Not readable" }, sentence, since }];
}
