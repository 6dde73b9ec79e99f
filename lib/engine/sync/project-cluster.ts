import { randomUUID } from "node:crypto";
import { minorOf } from "../../domain/capi/version.ts";
import { readClusterFacts, type Neighbours } from "../../domain/capi/read-cluster-facts.ts";
import type { ClusterFacts } from "../../domain/cluster/facts.ts";
import { healthOf, healths, type HealthState } from "../../domain/cluster/health.ts";
import { lifecycleOf, type LifecycleState } from "../../domain/cluster/lifecycle.ts";
import { markOf, type Behind } from "../../domain/cluster/mark-of.ts";
import { poolMark } from "../../domain/cluster/pool-mark.ts";
import { readDeployment } from "../../domain/cluster/read-deployment.ts";
import { rootCauses, type CausalObject } from "../../domain/cluster/root-causes.ts";
import { parseSyncState } from "../../domain/flux/sync.ts";
import type { KubeObject } from "../../domain/kube-object.ts";
import type { ClusterData, FluxData, PoolData, WorkloadData } from "../../db/inventory-rows.ts";
import { gitColumns, liveColumns, type GitSide } from "./git-side.ts";
import { withHash } from "./hash-of.ts";
import { projectFlux, type SourceRevision } from "./project-flux.ts";
import { fluxKey, workloadKey, type ClusterRecord } from "./records.ts";
import type { Contact } from "./workload-session.ts";

export interface ProjectionInput {
  managementClusterId: string;
  identity: { namespace: string; name: string };
  previous: ClusterRecord | null;
  /** The live Cluster object and what lies beside it. */
  object: KubeObject | null;
  near: Neighbours;
  managementFlux: readonly KubeObject[];
  workload: {
    synced: boolean;
    flux: readonly KubeObject[];
    deployments: readonly KubeObject[];
    contact: Contact;
  } | null;
  /** Undefined while Git has not been read yet: what was known of it stays. */
  git: GitSide | null | undefined;
  request: { number: number; side: GitSide } | null;
  managementSource: SourceRevision;
  workloadSource: SourceRevision;
  position: (sha: string) => number | null;
  headPosition: number | null;
  now: Date;
}

/** Rows of one cluster, from everything that is known of it. */
export interface Projection {
  record: ClusterRecord;
  facts: ClusterFacts | null;
  objects: FluxData[];
}

export function projectCluster(input: ProjectionInput): Projection {
  const { previous, object, near, now, managementClusterId } = input;
  const before = previous?.row.deletedAt === null ? previous.row : null;
  const id = previous?.row.id ?? randomUUID();
  const facts = object ? readClusterFacts(object, near) : null;
  const objects = projectObjects(input, id);
  const inGit = input.git === undefined ? (before?.inGit ?? false) : input.git !== null;
  const grewAt = grownAt(previous, facts, now);
  const lifecycle = lifecycleOf({ facts, inGit, grewAt, now });
  const health = healthOf({ facts, lifecycle, previous: healthBefore(before), now });
  const revision = revisionOf(input, objects, before);
  const gone = facts === null && !inGit && input.request === null;
  const row = withHash<ClusterData>({
    id,
    managementClusterId,
    ...input.identity,
    uid: facts?.uid ?? null,
    requestedBy: facts === null && !inGit ? (input.request?.number ?? null) : null,
    inGit,
    live: facts !== null,
    ...describe(input, facts, before),
    ...versions(input, facts, before),
    ...revision,
    ...axes(input, { before, lifecycle, health, objects, facts, revision }),
    conditions: facts ? [...facts.conditions, ...facts.reports.map(asCondition)] : [],
    controlPlane: facts?.controlPlane ? controlPlaneColumn(facts.controlPlane) : null,
    hash: "",
    deletedAt: gone ? now.toISOString() : null,
  });
  const record: ClusterRecord = {
    row,
    flux: new Map(objects.map((flux) => [fluxKey(flux), flux])),
    pools: facts ? projectPools(facts, id, previous?.pools ?? []) : [],
    workloads: projectWorkloads(input, id),
    grewAt,
  };
  return { record, facts, objects };
}

function projectObjects(input: ProjectionInput, clusterId: string): FluxData[] {
  const { previous, managementFlux, workload, managementClusterId, now, object } = input;
  const known = previous?.flux ?? new Map<string, FluxData>();
  const owner = { managementClusterId, clusterId };
  const here = projectFlux(
    managementFlux,
    { ...owner, home: "management" },
    { previous: known, sourceRevision: input.managementSource, now },
  );
  if (object === null) return here;
  // Not read (yet): the last known is better than nothing, and it says so.
  if (!workload?.synced) return [...here, ...[...known.values()].filter(({ home }) => home === "workload")];
  const there = projectFlux(
    workload.flux,
    { ...owner, home: "workload" },
    { previous: known, sourceRevision: input.workloadSource, now },
  );
  return [...here, ...there];
}

function grownAt(previous: ClusterRecord | null, facts: ClusterFacts | null, now: Date): string | null {
  const before = previous?.row.nodesDesired ?? null;
  const wanted = facts?.nodesDesired ?? null;
  if (before !== null && wanted !== null && wanted > before) return now.toISOString();
  return previous?.grewAt ?? null;
}

function healthBefore(before: ClusterData | null): HealthState | null {
  const health = healths.find((one) => one === before?.health);
  if (!before || !health || (before.lifecycle !== "Paused" && health === "Progressing")) return null;
  return { health, reason: before.healthReason, message: before.healthMessage, since: before.healthSince };
}

function describe(input: ProjectionInput, facts: ClusterFacts | null, before: ClusterData | null) {
  const side = input.git ?? (facts === null ? input.request?.side : undefined);
  if (side) return { ...gitColumns(side), ...(facts ? { provider: facts.provider } : {}) };
  if (before && facts) {
    // Gone from Git (or not read yet) and still alive: what Git last said holds to the end.
    const { environment, region, team, owner, purpose, template, expiresAt, labels } = before;
    return {
      environment,
      region,
      team,
      owner,
      purpose,
      template,
      expiresAt,
      labels,
      provider: facts.provider,
    };
  }
  if (facts) return { ...liveColumns(facts.labels), provider: facts.provider };
  return before ? gitColumnsOf(before) : { ...liveColumns({}), provider: "unknown" };
}

function gitColumnsOf({
  environment,
  region,
  team,
  owner,
  purpose,
  template,
  expiresAt,
  labels,
  provider,
}: ClusterData) {
  return { environment, region, team, owner, purpose, template, expiresAt, labels, provider };
}

function versions(input: ProjectionInput, facts: ClusterFacts | null, before: ClusterData | null) {
  if (facts) {
    return {
      desiredVersion: facts.desiredVersion,
      observedVersion: facts.observedVersion,
      minor: minorOf(facts.observedVersion ?? facts.desiredVersion),
      nodesReady: facts.nodesReady,
      nodesDesired: facts.nodesDesired,
      ahead: facts.ahead,
    };
  }
  const desired =
    input.git?.desiredVersion ?? input.request?.side.desiredVersion ?? before?.desiredVersion ?? null;
  return {
    desiredVersion: desired,
    observedVersion: null,
    minor: minorOf(desired),
    nodesReady: null,
    nodesDesired: null,
    ahead: false,
  };
}

interface Judged {
  before: ClusterData | null;
  lifecycle: LifecycleState;
  health: HealthState;
  objects: FluxData[];
  facts: ClusterFacts | null;
  revision: ReturnType<typeof revisionOf>;
}

/** The three axes, each with its own since, and the one mark they make. */
function axes({ now, workload }: ProjectionInput, judged: Judged) {
  const { before, lifecycle, health, objects, facts, revision } = judged;
  const causal = objects.map(asCausal);
  const root = rootCauses(causal, now)[0];
  const settled = objects.filter(({ sync }) => sync !== null);
  const sync = root?.sync ?? (settled.length > 0 ? "Synced" : null);
  const mark = markOf({ lifecycle, health, objects: causal, behind: behindOf(revision, objects), now });
  const nowText = now.toISOString();
  const kept = (same: boolean, since: string | null | undefined, first: string | null) =>
    same && since ? since : (first ?? nowText);
  const contact: Contact = workload?.contact ?? { state: "never", message: null, since: null };
  const started =
    facts?.deletingSince ?? (lifecycle.lifecycle === "Provisioning" ? (facts?.createdAt ?? null) : null);
  return {
    lifecycle: lifecycle.lifecycle,
    lifecycleDetail: lifecycle.detail,
    lifecycleSince: kept(before?.lifecycle === lifecycle.lifecycle, before?.lifecycleSince, started),
    health: health.health,
    healthReason: health.reason,
    healthMessage: health.message,
    healthSince: kept(before?.health === health.health, before?.healthSince, health.since),
    sync,
    syncReason: root?.reason ?? null,
    syncMessage: root?.message ?? null,
    syncSince: sync === null ? null : kept(before?.sync === sync, before?.syncSince, root?.since ?? null),
    contact: contact.state,
    contactMessage: contact.message,
    contactSince: contact.since,
    tone: mark.tone,
    rank: mark.rank,
    word: mark.word,
    cause: mark.cause,
    causeKey: mark.causeKey,
    markSince: kept(
      before?.word === mark.word && before.causeKey === mark.causeKey,
      before?.markSince,
      mark.since ?? started,
    ),
    moving: mark.moving,
    fluxTotal: settled.length,
    fluxSynced: settled.filter((one) => one.sync === "Synced").length,
  };
}

function asCausal(flux: FluxData): CausalObject {
  return {
    ...flux,
    sync: parseSyncState(flux.sync),
    home: flux.home === "workload" ? "workload" : "management",
  };
}

/**
 * The oldest commit any of its Kustomizations has applied: what the cluster as a whole has reached. It is behind by
 * what is settled there; what is suspended or fails stays behind for a reason of its own.
 */
function revisionOf(
  { position, headPosition, now }: ProjectionInput,
  objects: readonly FluxData[],
  before: ClusterData | null,
) {
  const applied = objects
    .filter(({ kind, sha }) => kind === "Kustomization" && sha !== null)
    .map((flux) => ({ ...flux, place: position(flux.sha ?? "") }))
    .sort((a, b) => (a.place ?? -1) - (b.place ?? -1));
  const oldest = applied[0];
  if (!oldest) return { revision: null, revisionAt: null, behindBy: null, behindSince: null };
  const place = applied.find(({ sync }) => sync === "Synced")?.place ?? null;
  const behindBy = place === null || headPosition === null ? null : Math.max(0, headPosition - place);
  const stays = before?.revision === oldest.sha ? before.behindSince : null;
  const behindSince = behindBy ? (stays ?? now.toISOString()) : null;
  return { revision: oldest.sha, revisionAt: oldest.appliedAt, behindBy, behindSince };
}

/** How far behind it is, and how long its sources may take to notice a commit. */
function behindOf(
  { behindBy, behindSince }: ReturnType<typeof revisionOf>,
  objects: readonly FluxData[],
): Behind | null {
  if (!behindBy || behindSince === null) return null;
  const intervals = objects.flatMap(({ kind, intervalSeconds }) =>
    kind === "GitRepository" && intervalSeconds !== null ? [intervalSeconds] : [],
  );
  return { commits: behindBy, since: behindSince, intervalSeconds: Math.max(60, ...intervals) };
}

function asCondition({
  kind,
  name,
  ready,
  severity,
  reason,
  message,
  since,
}: ClusterFacts["reports"][number]) {
  const status = ready === null ? "Unknown" : ready ? "True" : "False";
  return { type: `${kind}/${name}`, status, reason, message, severity, since };
}

function controlPlaneColumn({
  kind,
  name,
  desiredVersion,
  observedVersion,
  replicas,
  readyReplicas,
}: NonNullable<ClusterFacts["controlPlane"]>) {
  return { kind, name, desiredVersion, observedVersion, replicas, readyReplicas };
}

function projectPools(facts: ClusterFacts, clusterId: string, previous: readonly PoolData[]): PoolData[] {
  return facts.pools.map((pool) => {
    const known = previous.find(({ kind, name }) => kind === pool.kind && name === pool.name);
    const { tone, word, message } = poolMark(pool);
    return {
      id: known?.id ?? randomUUID(),
      clusterId,
      kind: pool.kind,
      name: pool.name,
      displayName: pool.displayName,
      mode: pool.mode,
      size: pool.size,
      minReplicas: pool.min,
      maxReplicas: pool.max,
      desiredReplicas: pool.desired,
      readyReplicas: pool.ready,
      desiredVersion: pool.desiredVersion,
      observedVersion: pool.observedVersion,
      phase: pool.phase,
      tone,
      word,
      message,
    };
  });
}

function projectWorkloads(
  { workload, previous, object }: ProjectionInput,
  clusterId: string,
): Map<string, WorkloadData> {
  const known = previous?.workloads ?? new Map<string, WorkloadData>();
  if (object === null) return new Map();
  if (!workload?.synced) return known;
  const rows = workload.deployments.map((deployment) => {
    const facts = readDeployment(deployment);
    return withHash({ id: known.get(workloadKey(facts))?.id ?? randomUUID(), clusterId, ...facts, hash: "" });
  });
  return new Map(rows.map((row) => [workloadKey(row), row]));
}
