import { z } from "zod";
import type { StoredFluxRow } from "../db/flux-list.ts";
import { parseUnreadKinds, unreadSentence } from "../domain/cluster/unread-kind.ts";
import type { Mark } from "../domain/cluster/mark.ts";
import { isSilent } from "./cluster-mark.ts";
import { isUnread } from "./cluster-row.ts";

/** Of an object what decides whether it is known as it is now: its kind and the API server it lives on. */
interface Placed {
  kind: string;
  /** management | workload. */
  home: string;
  cluster:
    | (Pick<
        NonNullable<StoredFluxRow["cluster"]>,
        "contact" | "contactMessage" | "contactSince" | "health" | "healthSince" | "unread"
      > & { live: boolean })
    | null;
  managementCluster: { lastContactAt: Date | null; kinds?: unknown };
}

/** Why what is known of an object is old, as the rest of a sentence, and since when. */
export interface Old {
  why: string;
  since: string | null;
}

const unread = z.object({ since: z.string(), why: z.string() }).nullable().catch(null);
const bookedKinds = z.array(z.object({ kind: z.string(), unread })).catch([]);

/**
 * Why an object (of Flux; a Deployment or Node) is not known as it is now; null while it is. What the list's SQL counts as Unknown
 * (lib/db/flux-list) is the same.
 */
export function whyOld({ home, kind, cluster, managementCluster }: Placed, now: Date): Old | null {
  if (isSilent(managementCluster, now)) {
    const since = managementCluster.lastContactAt?.toISOString() ?? null;
    return { why: "the management cluster does not answer", since };
  }
  if (cluster === null) {
    const book = bookedKinds.parse(managementCluster.kinds).find((one) => one.kind === kind)?.unread;
    return book ? { why: unreadSentence({ kind, why: book.why }), since: book.since } : null;
  }
  if (home === "workload" && cluster.live && isUnread(cluster)) return oldByContact(cluster);
  const one = parseUnreadKinds(cluster.unread).find((other) => other.home === home && other.kind === kind);
  return one ? { why: unreadSentence(one), since: one.since } : null;
}

function oldByContact(cluster: NonNullable<Placed["cluster"]>): Old {
  const { contact, contactMessage, contactSince, healthSince } = cluster;
  const since = (contact === "ok" || contact === "never" ? healthSince : contactSince)?.toISOString() ?? null;
  if (contact === "not-readable")
    return { why: `the portal may not read its cluster (${contactMessage ?? "no reason given"})`, since };
  return { why: "its cluster’s API server does not answer", since };
}

export const unknownMark = { tone: "unknown", word: "Unknown" } as const satisfies Mark;

/** The object as one whose state nobody knows now: what it last was, why it is old, and since when. */
export function asOld<T extends { mark: Mark; message: string | null; since: string | null }>(
  row: T,
  old: Old | null,
): T {
  if (old === null) return row;
  return {
    ...row,
    mark: unknownMark,
    message: `last known: ${row.mark.word}; ${old.why}`,
    since: old.since ?? row.since,
  };
}
