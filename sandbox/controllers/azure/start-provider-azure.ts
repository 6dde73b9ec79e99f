import type { Connection, Running } from "../../contracts.ts";
import { capi } from "../capi/kinds.ts";
import { Management } from "../capi/management.ts";
import type { ControllerSettings } from "../capi/management.ts";
import { Stopwatch } from "../capi/stopwatch.ts";
import { WorkloadApi } from "../capi/workload-api.ts";
import { KUBECONFIG_SECRETS } from "../capi/workload-clients.ts";
import { startController } from "../runtime/controller.ts";
import type { Watch } from "../runtime/controller.ts";
import type { Handled } from "../runtime/work-queue.ts";
import { kinds } from "../runtime/kind.ts";
import type { Kind } from "../runtime/kind.ts";
import { keyOf } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import type { Azure } from "./azure.ts";
import { reconcileAgentPool } from "./reconcile-agent-pool.ts";
import { reconcileAsoCluster } from "./reconcile-aso-cluster.ts";
import { reconcileAsoControlPlane } from "./reconcile-aso-control-plane.ts";
import { reconcileAsoMachinePool } from "./reconcile-aso-machine-pool.ts";
import { reconcileAzureCluster } from "./reconcile-azure-cluster.ts";
import { reconcileAzureControlPlane } from "./reconcile-azure-control-plane.ts";
import { reconcileAzureMachinePool } from "./reconcile-azure-machine-pool.ts";
import { reconcileManagedCluster } from "./reconcile-managed-cluster.ts";
import { reconcileResourceGroup } from "./reconcile-resource-group.ts";

type Reconcile = (azure: Azure, key: string) => Promise<Handled>;

/**
 * Starts the Azure provider: Cluster API Provider Azure, Azure Service Operator and Azure itself in one. Workload
 * API servers are made through the management server's control endpoint.
 */
export function startProviderAzure(connection: Connection, settings: ControllerSettings = {}): Running {
  const management = new Management(connection, "capz-manager", settings);
  const azure: Azure = { management, workloads: new WorkloadApi(management), stopwatch: new Stopwatch() };
  const inNamespace = (kind: Kind) => (object: Unstructured) =>
    management.informers.of(kind).list(object.metadata.namespace).map(keyOf);
  const start = (kind: Kind, reconcile: Reconcile, also: readonly Kind[]): Running =>
    startController({
      client: management.client,
      informers: management.informers,
      name: `azure/${kind.kind}`,
      watches: [
        { kind, map: (object) => [keyOf(object)] },
        ...also.map((other): Watch => ({ kind: other, map: inNamespace(kind), options: optionsOf(other) })),
      ],
      reconcile: (key) => reconcile(azure, key),
    });
  const running = [
    start(capi.resourceGroup, reconcileResourceGroup, [capi.managedCluster]),
    start(capi.managedCluster, reconcileManagedCluster, [
      capi.resourceGroup,
      capi.cluster,
      capi.asoControlPlane,
    ]),
    start(capi.agentPool, reconcileAgentPool, [
      capi.managedCluster,
      capi.cluster,
      capi.machinePool,
      capi.asoMachinePool,
      capi.azureMachinePool,
    ]),
    start(capi.asoCluster, reconcileAsoCluster, [capi.cluster, capi.asoControlPlane, capi.resourceGroup]),
    start(capi.asoControlPlane, reconcileAsoControlPlane, [
      capi.cluster,
      capi.managedCluster,
      capi.machinePool,
      capi.asoMachinePool,
      kinds.secret,
    ]),
    start(capi.asoMachinePool, reconcileAsoMachinePool, [capi.cluster, capi.machinePool, capi.agentPool]),
    start(capi.azureCluster, reconcileAzureCluster, [capi.cluster, capi.azureControlPlane]),
    start(capi.azureControlPlane, reconcileAzureControlPlane, [
      capi.cluster,
      capi.resourceGroup,
      capi.managedCluster,
      capi.azureMachinePool,
      kinds.secret,
    ]),
    start(capi.azureMachinePool, reconcileAzureMachinePool, [capi.cluster, capi.machinePool, capi.agentPool]),
  ];
  return {
    close: async () => {
      await Promise.all(running.map((each) => each.close()));
      await management.close();
    },
  };
}

/** Of Secrets only Cluster API's are watched. */
function optionsOf(kind: Kind): { labelSelector: string } | undefined {
  return kind === kinds.secret ? KUBECONFIG_SECRETS : undefined;
}
