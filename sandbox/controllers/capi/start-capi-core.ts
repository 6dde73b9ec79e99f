import type { Connection, Running } from "../../contracts.ts";
import { startController } from "../runtime/controller.ts";
import type { Controller, Watch } from "../runtime/controller.ts";
import type { Handled } from "../runtime/work-queue.ts";
import { kinds } from "../runtime/kind.ts";
import type { Kind } from "../runtime/kind.ts";
import { keyOf } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import type { Core } from "./core.ts";
import { capi, controlPlaneKinds, infrastructureKinds, infrastructurePoolKinds } from "./kinds.ts";
import { Management } from "./management.ts";
import type { ControllerSettings } from "./management.ts";
import { Prober, probeDefaults } from "./prober.ts";
import type { ProbeSettings } from "./prober.ts";
import { reconcileCluster } from "./reconcile-cluster.ts";
import { reconcileKubeadmControlPlane } from "./reconcile-kubeadm-control-plane.ts";
import { reconcileMachine } from "./reconcile-machine.ts";
import { reconcileMachineDeployment } from "./reconcile-machine-deployment.ts";
import { reconcileMachinePool } from "./reconcile-machine-pool.ts";
import { reconcileMachineSet } from "./reconcile-machine-set.ts";
import { KUBECONFIG_SECRETS, WorkloadClients } from "./workload-clients.ts";

/** Settings of capi-core. */
export interface CapiCoreSettings extends ControllerSettings {
  probe?: Partial<ProbeSettings>;
}

type Reconcile = (core: Core, key: string) => Promise<Handled>;

/** Starts Cluster API's core with its kubeadm control plane: an ordinary client of one management API server. */
export function startCapiCore(connection: Connection, settings: CapiCoreSettings = {}): Running {
  const management = new Management(connection, "capi-core", settings);
  const workloads = new WorkloadClients(management, "capi-core");
  const told: { cluster?: Controller; controlPlane?: Controller } = {};
  const prober = new Prober(workloads, { ...probeDefaults, ...settings.probe }, (namespace, cluster) => {
    told.cluster?.enqueue(`${namespace}/${cluster}`);
    for (const each of management.ofCluster(capi.kubeadmControlPlane, namespace, cluster))
      told.controlPlane?.enqueue(keyOf(each));
  });
  const core: Core = { management, workloads, prober, seen: new Map() };
  const start = (kind: Kind, reconcile: Reconcile, also: readonly Kind[]): Controller =>
    startController({
      client: management.client,
      informers: management.informers,
      name: `capi/${kind.kind}`,
      watches: [
        { kind, map: (object) => [keyOf(object)] },
        ...also.map((other): Watch => watchInNamespace(management, kind, other)),
      ],
      reconcile: (key) => reconcile(core, key),
    });
  const workers = [capi.machinePool, capi.machineDeployment, capi.machineSet, capi.machine];
  const atCluster = start(capi.cluster, reconcileCluster, [
    ...infrastructureKinds,
    ...controlPlaneKinds,
    ...workers,
    kinds.secret,
  ]);
  told.cluster = atCluster;
  const atControlPlane = start(capi.kubeadmControlPlane, reconcileKubeadmControlPlane, [
    capi.cluster,
    capi.machine,
  ]);
  told.controlPlane = atControlPlane;
  const running = [
    atCluster,
    atControlPlane,
    start(capi.machinePool, reconcileMachinePool, [capi.cluster, ...infrastructurePoolKinds]),
    start(capi.machineDeployment, reconcileMachineDeployment, [capi.cluster, capi.machineSet, capi.machine]),
    start(capi.machineSet, reconcileMachineSet, [
      capi.cluster,
      capi.machine,
      capi.kubeadmControlPlane,
      capi.devMachineTemplate,
    ]),
    start(capi.machine, reconcileMachine, [
      capi.cluster,
      capi.kubeadmControlPlane,
      capi.machineDeployment,
      capi.kubeadmConfig,
      capi.devMachine,
    ]),
  ];
  return {
    close: async () => {
      prober.close();
      await Promise.all(running.map((each) => each.close()));
      await workloads.close();
      await management.close();
    },
  };
}

/** A namespace holds one cluster, so a change of any of its objects concerns the others of that namespace. */
function watchInNamespace(management: Management, kind: Kind, other: Kind): Watch {
  const map = (object: Unstructured): string[] =>
    management.informers.of(kind).list(object.metadata.namespace).map(keyOf);
  return { kind: other, map, options: other === kinds.secret ? KUBECONFIG_SECRETS : undefined };
}
