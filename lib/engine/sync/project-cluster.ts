import { randomUUID } from "node:crypto";
import { readClusterFacts } from "../../domain/capi/read-cluster-facts.ts";
import type { ClusterFacts } from "../../domain/cluster/facts.ts";
import { healthOf } from "../../domain/cluster/health.ts";
import type { NodeFacts } from "../../domain/cluster/read-node.ts";
import { healths, type HealthState } from "../../domain/cluster/health-state.ts";
import { lifecycleOf, type LifecycleState } from "../../domain/cluster/lifecycle.ts";
import type { ClusterData, PoolData, WorkloadData } from "../../db/inventory-rows.ts";
import { describeCluster } from "./describe-cluster.ts";
import { withHash } from "./hash-of.ts";
import { movedAt } from "./moved-at.ts";
import { projectAxes } from "./project-axes.ts";
import { projectNodes, projectUnread } from "./project-nodes.ts";
import { projectObjects } from "./project-objects.ts";
import { projectPools, stalePools } from "./project-pools.ts";
import { projectWorkloads } from "./project-workloads.ts";
import type { Projection, ProjectionInput } from "./projection.ts";
import { fluxKey, type ClusterRecord } from "./records.ts";
import { rememberUnread, unreadControlPlane } from "./remember-unread.ts";
import { lifecycleBefore, rememberUnseen } from "./remember-unseen.ts";
import { revisionOf } from "./revision-of.ts";
import { versionColumns } from "./version-columns.ts";

/** Rows of one cluster, from everything that is known of it. */
export function projectCluster(input: ProjectionInput): Projection {
  const { previous, object, near, managementClusterId, now } = input;
  const before = previous?.row.deletedAt === null ? previous.row : null;
  const id = previous?.row.id ?? randomUUID();
  const facts = object ? rememberUnread(readClusterFacts(object, near), previous, input.unread) : null;
  // Seen before, and not to be seen now: it need not be gone.
  const unseen = input.blind !== null && facts === null && before?.live === true ? before : null;
  const objects = projectObjects(input, id);
  const inGit = input.git === undefined ? (before?.inGit ?? false) : input.git !== null;
  const grewAt = grownAt(previous, facts, now);
  const lifecycle = unseen ? lifecycleBefore(unseen) : lifecycleOf({ facts, inGit, grewAt, now });
  const moved = movedAt(previous, lifecycle, facts, now);
  const nodes = projectNodes(input, facts, before);
  const health = judgeHealth(input, { facts, nodes, lifecycle, inGit, before, moved });
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
    ...describeCluster(input, facts, before),
    ...versionColumns(input, facts, before),
    ...revision,
    ...projectAxes(input, { before, lifecycle, moved, health, objects, facts, revision }),
    conditions: facts ? [...facts.conditions, ...facts.reports.map(asCondition)] : [],
    // While it has not been asked, what was known of its rules stays.
    missingRules: input.workload?.missingRules ?? before?.missingRules ?? [],
    nodes,
    unread: projectUnread(input, before),
    controlPlane: facts?.controlPlane
      ? controlPlaneColumn(facts.controlPlane)
      : facts && unreadControlPlane(before?.controlPlane, input.unread),
    deletedAt: gone ? now.toISOString() : null,
    ...(unseen ? rememberUnseen(unseen) : {}),
    hash: "",
  });
  const record: ClusterRecord = {
    row,
    flux: new Map(objects.map((flux) => [fluxKey(flux), flux])),
    pools: poolsOf(input, id, { facts, unseen: unseen !== null, settled: lifecycle.lifecycle === "Ready" }),
    workloads: unseen
      ? (previous?.workloads ?? new Map<string, WorkloadData>())
      : projectWorkloads(input, id),
    grewAt,
  };
  return { record, facts, objects };
}

function poolsOf(
  input: ProjectionInput,
  clusterId: string,
  { facts, unseen, settled }: { facts: ClusterFacts | null; unseen: boolean; settled: boolean },
): PoolData[] {
  const previous = input.previous?.pools ?? [];
  if (unseen) return stalePools(previous);
  return facts ? projectPools(facts, { ...input, clusterId, previous, settled }) : [];
}

function grownAt(previous: ClusterRecord | null, facts: ClusterFacts | null, now: Date): string | null {
  // The first nodes come once the control plane answers.
  if (facts?.controlPlaneInitialized === false) return now.toISOString();
  const before = previous?.row.nodesDesired ?? null;
  const wanted = facts?.nodesDesired ?? null;
  if (before !== null && wanted !== null && wanted > before) return now.toISOString();
  return previous?.grewAt ?? null;
}

/** Of what no Cluster object can tell, the health is Unknown, whatever Git wants; what is only asked for has none. */
function judgeHealth(
  { blind, workload, now }: ProjectionInput,
  judged: {
    facts: ClusterFacts | null;
    nodes: readonly NodeFacts[];
    lifecycle: LifecycleState;
    inGit: boolean;
    before: ClusterData | null;
    moved: string | null;
  },
): HealthState {
  const { facts, nodes, lifecycle, inGit, before, moved } = judged;
  if (blind !== null && (facts !== null || inGit || before?.live === true))
    return { health: "Unknown", reason: "NotReadable", message: blind, since: null };
  const lostAt = workload?.contact.state === "unreachable" ? workload.contact.since : null;
  return healthOf({ facts, lifecycle, previous: healthBefore(before), movedAt: moved, lostAt, nodes, now });
}

function healthBefore(before: ClusterData | null): HealthState | null {
  const health = healths.find((one) => one === before?.health && one !== "Unknown");
  if (!before || !health || (before.lifecycle !== "Paused" && health === "Progressing")) return null;
  return { health, reason: before.healthReason, message: before.healthMessage, since: before.healthSince };
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
