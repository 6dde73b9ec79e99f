import { listVisibleClusters, type StoredCluster } from "../db/clusters.ts";
import { findPositions, listMergedEdits } from "../db/overview.ts";
import { scopeOf } from "../domain/access/actor.ts";
import { compareVersions, minorOf } from "../domain/capi/version.ts";
import { toneWords } from "../domain/cluster/tone-words.ts";
import { getActivity } from "./activity.ts";
import { toClusterRow } from "./cluster-row.ts";
import type { ReadContext } from "./context.ts";
import { editsInFlight } from "./edits-in-flight.ts";
import { getInFlight } from "./in-flight.ts";
import { readCauses } from "./read-causes.ts";
import type { ClusterRow, FleetOverview } from "./views.ts";
import { getWaitingForMe } from "./waiting-for-me.ts";

const inFlightMs = 7 * 24 * 3_600_000;

/** The whole fleet at a glance: map, trouble by cause, what waits, what moves. */
export async function getFleetOverview(ctx: ReadContext): Promise<FleetOverview> {
  const { db, actor, now } = ctx;
  const scope = scopeOf(actor);
  const [clusters, edits, inFlight, waitingForMe, activity] = await Promise.all([
    listVisibleClusters(db, scope),
    listMergedEdits(db, actor, new Date(now.getTime() - inFlightMs)),
    getInFlight(ctx),
    getWaitingForMe(ctx),
    getActivity(ctx, 8),
  ]);
  const commits = [
    ...edits.map(({ mergeCommit }) => mergeCommit),
    ...clusters.map(({ revision }) => revision),
  ];
  const [trouble, positions] = await Promise.all([
    readCauses(ctx, clusters),
    findPositions(db, [...new Set(commits.filter((sha) => sha !== null))]),
  ]);
  const rows = clusters.map((cluster) => toClusterRow(cluster, now));
  const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  return {
    total: rows.length,
    summary: summarise(rows),
    clusters: rows.map(toMapCluster).sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true })),
    trouble,
    waitingForMe,
    inFlight: [...editsInFlight(edits, { positions, clusters: byName }), ...inFlight],
    versions: countVersions(clusters),
    activity,
  };
}

function summarise(rows: readonly ClusterRow[]): FleetOverview["summary"] {
  return toneWords.map(({ tone, word }) => ({
    tone,
    word,
    count: rows.filter(({ mark }) => mark.tone === tone).length,
    href: `/clusters?state=${tone}`,
  }));
}

function toMapCluster(row: ClusterRow): FleetOverview["clusters"][number] {
  const { id, slug, name, environment, region, team, provider, mark, cause } = row;
  const version = row.observedVersion ?? row.desiredVersion;
  return { id, slug, name, environment, region, team, provider, version, mark, cause };
}

function countVersions(clusters: readonly StoredCluster[]): FleetOverview["versions"] {
  const counts = new Map<string, number>();
  for (const { observedVersion } of clusters) {
    const version = minorOf(observedVersion);
    if (version !== null) counts.set(version, (counts.get(version) ?? 0) + 1);
  }
  return [...counts]
    .map(([version, count]) => ({ version, count }))
    .sort((a, b) => compareVersions(`${b.version}.0`, `${a.version}.0`));
}
