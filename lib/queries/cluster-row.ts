import type { StoredCluster } from "../db/clusters.ts";
import { parseUnreadKinds } from "../domain/cluster/unread-kind.ts";
import { clusterSlug } from "../domain/cluster/slug.ts";
import { isStale, shownMark } from "./cluster-mark.ts";
import type { ClusterRow } from "./views.ts";

/** A stored cluster as the list shows it. */
export function toClusterRow(row: StoredCluster, now: Date): ClusterRow {
  const stale = isStale(row, now);
  const unread = isUnread(row);
  return {
    id: row.id,
    slug: clusterSlug(row),
    name: row.name,
    namespace: row.namespace,
    environment: row.environment,
    region: row.region,
    team: row.team,
    owner: row.owner,
    provider: row.provider,
    template: row.template,
    mark: shownMark(row, now).mark,
    cause: stale ? "management cluster does not answer" : causeOf(row),
    since: row.markSince.toISOString(),
    desiredVersion: row.desiredVersion,
    observedVersion: row.observedVersion,
    nodesReady: row.nodesReady,
    nodesDesired: row.nodesDesired,
    flux: {
      synced: row.fluxSynced,
      total: row.fluxTotal,
      lastKnown: stale || (row.live && (unread || unreadFlux(row))),
    },
    revision: row.revision,
    revisionAt: row.revisionAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastSeenAt: lastSeen(row, stale, unread)?.toISOString() ?? null,
    stale,
    ahead: row.ahead,
  };
}

/** The portal does not read its API server; one that Cluster API alone calls unreachable it does read. */
export function isUnread({ contact, health }: Pick<StoredCluster, "contact" | "health">): boolean {
  return (
    contact === "unreachable" || contact === "not-readable" || (contact !== "ok" && health === "Unreachable")
  );
}

const unreadFlux = ({ unread }: StoredCluster): boolean =>
  parseUnreadKinds(unread).some(({ kind }) => kind !== "Deployment" && kind !== "Node");

/** While the management cluster is silent, what it told is as old as its last answer, whoever else still answers. */
function lastSeen({ lastSeenAt, live, managementCluster }: StoredCluster, stale: boolean, unread: boolean) {
  if (stale) return managementCluster.lastContactAt;
  return lastSeenAt ?? (live && !unread ? managementCluster.lastContactAt : null);
}

function causeOf({ cause, requestedBy, lifecycle }: StoredCluster): string | null {
  if (lifecycle === "Requested" && requestedBy !== null) return `#${String(requestedBy)} waits for approval`;
  return cause;
}
