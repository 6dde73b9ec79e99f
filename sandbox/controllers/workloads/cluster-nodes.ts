import { azureNameOf } from "../azure/azure.ts";
import { isCondition } from "../capi/conditions.ts";
import { CONTROL_PLANE_LABEL, capi } from "../capi/kinds.ts";
import type { Management } from "../capi/management.ts";
import { clusterNameOf } from "../capi/management.ts";
import { numberAt, textAt } from "../capi/read.ts";
import type { Stopwatch } from "../capi/stopwatch.ts";
import { hasFault } from "../faults.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { machineNode, poolNodes } from "./wanted-nodes.ts";
import type { WantedNode } from "./wanted-nodes.ts";

/** The part of an upgrade's duration in which nodes are replaced. */
const ROLLING_PART = 0.9;

/** The nodes a workload cluster should have, and whether that changes by time alone. */
export function clusterNodes(
  management: Management,
  stopwatch: Stopwatch,
  cluster: Unstructured,
): { nodes: WantedNode[]; isMoving: boolean } {
  const { name, namespace = "" } = cluster.metadata;
  const pools = [capi.asoMachinePool, capi.azureMachinePool].flatMap((kind) =>
    management.ofCluster(kind, namespace, name),
  );
  let isMoving = false;
  const nodes: WantedNode[] = [];
  for (const pool of pools) {
    const agentPool = agentPoolOf(management, pool);
    if (agentPool === undefined) continue;
    const upgrading = textAt(agentPool, "status", "provisioningState") === "Upgrading";
    isMoving ||= upgrading;
    nodes.push(...aksNodes(management, stopwatch, cluster, { pool, agentPool }, upgrading));
  }
  nodes.push(...devNodes(management, cluster));
  return { nodes, isMoving };
}

/** The agent pool a provider's pool object controls. */
function agentPoolOf(management: Management, pool: Unstructured): Unstructured | undefined {
  return management.informers
    .of(capi.agentPool)
    .list(pool.metadata.namespace)
    .find((each) => each.metadata.ownerReferences?.some((owner) => owner.uid === pool.metadata.uid) === true);
}

function aksNodes(
  management: Management,
  stopwatch: Stopwatch,
  cluster: Unstructured,
  { pool, agentPool }: { pool: Unstructured; agentPool: Unstructured },
  upgrading: boolean,
): WantedNode[] {
  const { namespace = "" } = cluster.metadata;
  const owner = textAt(agentPool, "spec", "owner", "name") ?? "";
  const managedCluster = management.get(capi.managedCluster, owner, namespace);
  const version = textAt(agentPool, "status", "currentOrchestratorVersion");
  const nodeResourceGroup = textAt(managedCluster, "status", "nodeResourceGroup");
  if (version === undefined || nodeResourceGroup === undefined) return [];
  const target = textAt(agentPool, "status", "orchestratorVersion") ?? version;
  const key = `${namespace}/${agentPool.metadata.name}`;
  const stuck = hasFault("upgrade-stuck", cluster, pool);
  const elapsed = upgrading && !stuck ? stopwatch.elapsed(key, target) : 0;
  if (!upgrading) stopwatch.clear(key);
  return poolNodes({
    pool: azureNameOf(agentPool),
    cluster: owner,
    nodeResourceGroup,
    count: numberAt(agentPool, "status", "count") ?? 0,
    version,
    target,
    progress: Math.min(1, elapsed / (management.durations().upgradeMs * ROLLING_PART)),
    vmSize: textAt(agentPool, "spec", "vmSize") ?? "Standard_D4s_v5",
    mode: textAt(agentPool, "spec", "mode") ?? "User",
    region: textAt(managedCluster, "spec", "location") ?? "westeurope",
    ready: !hasFault("nodes-not-ready", cluster, pool, machinePoolOf(management, pool)),
  });
}

function machinePoolOf(management: Management, pool: Unstructured): Unstructured | undefined {
  const owner = pool.metadata.ownerReferences?.find((each) => each.kind === capi.machinePool.kind);
  return owner && management.get(capi.machinePool, owner.name, pool.metadata.namespace);
}

function devNodes(management: Management, cluster: Unstructured): WantedNode[] {
  const { name, namespace = "" } = cluster.metadata;
  return management
    .ofCluster(capi.devMachine, namespace, name)
    .filter((each) => isCondition(each, "NodeProvisioned") && each.metadata.deletionTimestamp === undefined)
    .flatMap((devMachine) => {
      const machine = management.get(capi.machine, devMachine.metadata.name, namespace);
      const version = textAt(machine, "spec", "version");
      if (machine === undefined || version === undefined) return [];
      const deployment = machine.metadata.labels?.["cluster.x-k8s.io/deployment-name"];
      const owner = deployment && management.get(capi.machineDeployment, deployment, namespace);
      return [
        machineNode({
          name: devMachine.metadata.name,
          version,
          isControlPlane: machine.metadata.labels?.[CONTROL_PLANE_LABEL] !== undefined,
          ready: !hasFault("nodes-not-ready", cluster, owner === "" ? undefined : owner),
        }),
      ];
    });
}

/** The keys of the clusters an object on the management cluster belongs to. */
export function keysOfObject(management: Management, object: Unstructured): string[] {
  const { namespace = "", name } = object.metadata;
  if (object.kind === capi.cluster.kind) return [`${namespace}/${name}`];
  const cluster = clusterNameOf(object);
  if (cluster !== undefined) return [`${namespace}/${cluster}`];
  return management.informers
    .of(capi.cluster)
    .list(namespace)
    .map((each) => `${namespace}/${each.metadata.name}`);
}
