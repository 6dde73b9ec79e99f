import { writtenOldConditions } from "../capi/conditions.ts";
import type { OldSaid } from "../capi/conditions.ts";
import { capi } from "../capi/kinds.ts";
import { isPaused } from "../capi/paused.ts";
import { listAt, recordAt, textAt } from "../capi/read.ts";
import { parseKey } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { applyResources, deleteResources } from "./aso-resources.ts";
import { clusterOfObject } from "./azure.ts";
import type { Azure } from "./azure.ts";
import { endpointOf } from "./endpoint-of.ts";
import { serviceCondition, withReady } from "./managed-conditions.ts";
import { controlPlaneResources } from "./managed-resources.ts";

const FINALIZER = "azuremanagedcontrolplane.infrastructure.cluster.x-k8s.io";

/** CAPZ's part for an AzureManagedControlPlane, with its v1beta1 conditions. */
export async function reconcileAzureControlPlane(azure: Azure, key: string): Promise<undefined> {
  const { namespace, name } = parseKey(key);
  const { management } = azure;
  const object = management.get(capi.azureControlPlane, name, namespace);
  if (object === undefined) return;
  const cluster = clusterOfObject(azure, object);
  if (isPaused(cluster, object)) return;
  if (cluster === undefined) {
    if (object.metadata.deletionTimestamp !== undefined)
      await management.removeFinalizer(capi.azureControlPlane, object, FINALIZER);
    return;
  }
  const resources = controlPlaneResources(object, cluster);
  if (object.metadata.deletionTimestamp !== undefined) {
    const left = await deleteResources(management, object, resources);
    if (left.length === 0) await management.removeFinalizer(capi.azureControlPlane, object, FINALIZER);
    return;
  }
  await management.ensureMetadata(capi.azureControlPlane, object, { finalizer: FINALIZER });
  const { ready } = await applyResources(management, object, resources);
  const [group, managedCluster] = resources.map((each) => management.get(each.kind, each.name, namespace));
  await write(azure, object, cluster, { ready, group, managedCluster });
}

async function write(
  { management }: Azure,
  object: Unstructured,
  cluster: Unstructured,
  made: { ready: boolean; group: Unstructured | undefined; managedCluster: Unstructured | undefined },
): Promise<void> {
  const endpoint = made.ready ? endpointOf(management, cluster) : undefined;
  if (endpoint !== undefined) {
    const spec = { ...recordAt(object, "spec"), controlPlaneEndpoint: endpoint };
    await management.writeObject(capi.azureControlPlane, object, { ...object, spec });
  }
  const pools = management.ofCluster(
    capi.azureMachinePool,
    object.metadata.namespace ?? "",
    cluster.metadata.name,
  );
  const conditions: OldSaid[] = [
    serviceCondition("ResourceGroupReady", "group", made.group),
    serviceCondition("VNetReady", "virtualnetworks", made.group),
    serviceCondition("SubnetsReady", "subnets", made.group),
    serviceCondition("ManagedClusterRunning", "managedcluster", made.managedCluster),
    poolsReady(pools),
  ];
  const version = textAt(made.managedCluster, "status", "currentKubernetesVersion");
  const before = listAt(object, "status", "conditions");
  await management.writeStatus(capi.azureControlPlane, object, {
    ...recordAt(object, "status"),
    conditions: writtenOldConditions(before, withReady(conditions), new Date()),
    ready: endpoint !== undefined,
    ...(version === undefined ? {} : { version: `v${version}` }),
    ...(endpoint === undefined ? {} : { initialized: true }),
  });
}

function poolsReady(pools: readonly Unstructured[]): OldSaid {
  const type = "AgentPoolsReady";
  const list = pools.map((pool) =>
    listAt(pool, "status", "conditions").find((each) => textAt(each, "type") === "Ready"),
  );
  const bad = list.find((each) => textAt(each, "status") !== "True");
  if (list.every((each) => textAt(each, "status") === "True")) return { type, status: "True" };
  const isError = textAt(bad, "severity") === "Error";
  return {
    type,
    status: "False",
    severity: isError ? "Error" : "Info",
    reason: isError ? "Failed" : "Creating",
    message: textAt(bad, "message") ?? "agentpools creating or updating",
  };
}
