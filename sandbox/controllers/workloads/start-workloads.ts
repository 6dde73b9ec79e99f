import type { Connection, Running } from "../../contracts.ts";
import { capi } from "../capi/kinds.ts";
import { Management } from "../capi/management.ts";
import type { ControllerSettings } from "../capi/management.ts";
import { Stopwatch } from "../capi/stopwatch.ts";
import { KUBECONFIG_SECRETS, WorkloadClients } from "../capi/workload-clients.ts";
import { NEVER_AVAILABLE_ANNOTATION } from "../faults.ts";
import { startController } from "../runtime/controller.ts";
import type { Watch } from "../runtime/controller.ts";
import { kinds } from "../runtime/kind.ts";
import type { KubeClient } from "../runtime/kube-client.ts";
import { parseKey } from "../runtime/objects.ts";
import { clusterNodes, keysOfObject } from "./cluster-nodes.ts";
import { Site } from "./site.ts";

/** While a pool is upgraded its nodes are replaced one by one. */
const MOVING_MS = 1_000;

interface Open {
  site: Site;
  client: KubeClient;
  faults: string;
}

/**
 * Starts what runs on workload clusters without a name of its own in the fleet: kubelets (nodes) and the workload
 * controllers. Clusters are found through the `<name>-kubeconfig` Secrets of the management cluster.
 */
export function startWorkloads(connection: Connection, settings: ControllerSettings = {}): Running {
  const management = new Management(connection, "workloads", settings);
  const clients = new WorkloadClients(management, "kubelet", 10_000);
  const stopwatch = new Stopwatch();
  const open = new Map<string, Open>();
  const reconcile = async (key: string): Promise<{ requeueAfterMs?: number } | undefined> => {
    const { namespace = "", name } = parseKey(key);
    const cluster = management.get(capi.cluster, name, namespace);
    const client = cluster && clients.of(namespace, name);
    const known = open.get(key);
    if (known !== undefined && known.client !== client) {
      open.delete(key);
      await known.site.close();
    }
    if (client === undefined || cluster === undefined) return undefined;
    const faults = cluster.metadata.annotations?.[NEVER_AVAILABLE_ANNOTATION] ?? "";
    const here = open.get(key) ?? openSite(management, key, client);
    if (here.faults !== faults) here.site.refresh();
    open.set(key, { ...here, faults });
    const { nodes, isMoving } = clusterNodes(management, stopwatch, cluster);
    await here.site.syncNodes(nodes);
    return isMoving ? { requeueAfterMs: MOVING_MS } : undefined;
  };
  const controller = startController({
    client: management.client,
    informers: management.informers,
    name: "workloads",
    concurrency: 8,
    watches: watchesOf(management),
    reconcile,
  });
  return {
    close: async () => {
      await controller.close();
      await Promise.all([...open.values()].map(({ site }) => site.close()));
      await clients.close();
      await management.close();
    },
  };
}

function openSite(management: Management, key: string, client: KubeClient): Open {
  const { namespace, name } = parseKey(key);
  const site = new Site({
    client,
    durations: management.durations,
    isFaulted: (workloadNamespace, workload) => {
      const cluster = management.get(capi.cluster, name, namespace);
      const list = cluster?.metadata.annotations?.[NEVER_AVAILABLE_ANNOTATION] ?? "";
      return list.split(",").some((each) => each.trim() === `${workloadNamespace}/${workload}`);
    },
  });
  return { site, client, faults: "" };
}

function watchesOf(management: Management): Watch[] {
  const watched = [
    capi.cluster,
    capi.machinePool,
    capi.asoMachinePool,
    capi.agentPool,
    capi.managedCluster,
    capi.azureMachinePool,
    capi.azureControlPlane,
    capi.machine,
    capi.machineDeployment,
    capi.devMachine,
  ];
  return [...watched, kinds.secret].map((kind) => ({
    kind,
    map: (object) => keysOfObject(management, object),
    options: kind === kinds.secret ? KUBECONFIG_SECRETS : undefined,
  }));
}
