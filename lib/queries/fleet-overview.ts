import { latestAudit } from "../db/audit.ts";
import { listVisibleClusters, type StoredCluster } from "../db/clusters.ts";
import { listUnsettledFlux } from "../db/flux-objects.ts";
import { listLivelyChanges, readProgress, type LivelyChange } from "../db/overview.ts";
import { scopeOf, type Actor } from "../domain/access/actor.ts";
import { compareVersions, minorOf } from "../domain/capi/version.ts";
import { toneWords } from "../domain/cluster/tone-words.ts";
import { changesInFlight } from "./changes-in-flight.ts";
import { failingChecks } from "./change-brief.ts";
import { toClusterRow } from "./cluster-row.ts";
import type { ReadContext } from "./context.ts";
import { toActivity } from "./fleet-activity.ts";
import { asCausal, fleetTroubles, troubledIds } from "./fleet-troubles.ts";
import type { ClusterRow, FleetOverview } from "./views.ts";

const inFlightMs = 7 * 24 * 3_600_000;

/** The whole fleet at a glance: map, trouble by cause, what waits, what moves. */
export async function getFleetOverview({ db, actor, now }: ReadContext): Promise<FleetOverview> {
  const scope = scopeOf(actor);
  const [clusters, changes, audit] = await Promise.all([
    listVisibleClusters(db, scope),
    listLivelyChanges(db, actor, new Date(now.getTime() - inFlightMs)),
    latestAudit(db, { teams: scope.all ? null : scope.teams, login: actor.login, limit: 12 }),
  ]);
  const merged = changes.filter(({ state }) => state === "merged");
  const commits = [
    ...merged.map(({ mergeCommit }) => mergeCommit),
    ...clusters.map(({ revision }) => revision),
  ];
  const [flux, progress] = await Promise.all([
    listUnsettledFlux(db, { clusterIds: troubledIds(clusters), shared: scope.all }),
    readProgress(db, {
      names: [...new Set(merged.flatMap((change) => change.clusters))],
      commits: [...new Set(commits.filter((sha) => sha !== null))],
    }),
  ]);
  const rows = clusters.map((cluster) => toClusterRow(cluster, now));
  return {
    total: rows.length,
    summary: summarise(rows),
    clusters: rows.map(toMapCluster).sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true })),
    trouble: fleetTroubles(clusters, flux.map(asCausal), now),
    waitingForMe: waitingFor(actor, changes),
    inFlight: changesInFlight(changes, {
      reached: reachedSteps(progress.milestones),
      positions: progress.positions,
      clusters: new Map(clusters.map((cluster) => [cluster.name, cluster])),
    }),
    versions: countVersions(clusters),
    activity: toActivity(audit),
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

/** Open pull requests an approver can decide on: not his own, not a draft, not yet approved by him at this head. */
function waitingFor(actor: Actor, changes: readonly LivelyChange[]): FleetOverview["waitingForMe"] {
  if (!actor.roles.includes("approver")) return [];
  return changes
    .filter(({ state, draft, author, requestedBy }) => {
      return state === "open" && !draft && author !== actor.login && requestedBy !== actor.login;
    })
    .filter(({ reviews, headSha }) => {
      return !reviews.some(({ login, state, commitSha }) => {
        return (
          login === actor.login &&
          (state === "changes-requested" || (state === "approved" && commitSha === headSha))
        );
      });
    })
    .map((change) => ({
      number: change.number,
      title: change.title,
      sentence: sentenceOf(change),
      since: change.openedAt.toISOString(),
      mark: { tone: "waiting" as const, word: "Waiting for you" },
    }));
}

function sentenceOf(change: LivelyChange): string {
  const failing = failingChecks(change);
  const current = change.checks.filter(({ headSha }) => headSha === change.headSha);
  const running = current.some(
    ({ status, name }) => status !== "completed" && name !== "fleetwright/approval",
  );
  const verdict = running || current.length === 0 ? "checks run" : "checks pass";
  const cost = costOf(change.meta);
  const parts = [
    `${change.requestedBy ?? change.author} asks`,
    ...(cost === null ? [] : [cost]),
    failing.length > 0 ? `${failing.join(" and ")} failed` : verdict,
  ];
  return parts.join(" · ");
}

function costOf(meta: unknown): string | null {
  if (typeof meta !== "object" || meta === null || !("cost" in meta)) return null;
  return typeof meta.cost === "string" ? meta.cost : null;
}

type Milestones = Awaited<ReturnType<typeof readProgress>>["milestones"];

/** Steps of each cluster's present life, those before its object included. */
function reachedSteps(milestones: Milestones): Map<string, Set<string>> {
  const reached = new Map<string, Set<string>>();
  for (const { step, uid, cluster } of milestones) {
    if (uid !== "" && uid !== cluster.uid) continue;
    const steps = reached.get(cluster.name) ?? new Set<string>();
    reached.set(cluster.name, steps.add(step));
  }
  return reached;
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
