import type { Connection, Running } from "../../contracts.ts";
import { capi } from "../capi/kinds.ts";
import { Management } from "../capi/management.ts";
import type { ControllerSettings } from "../capi/management.ts";
import { Stopwatch } from "../capi/stopwatch.ts";
import { KUBECONFIG_SECRETS } from "../capi/workload-clients.ts";
import { WorkloadApi } from "../capi/workload-api.ts";
import { startController } from "../runtime/controller.ts";
import type { Watch } from "../runtime/controller.ts";
import { kinds } from "../runtime/kind.ts";
import type { Kind } from "../runtime/kind.ts";
import { keyOf } from "../runtime/objects.ts";
import type { Handled } from "../runtime/work-queue.ts";
import type { Dev } from "./dev.ts";
import { reconcileDevCluster } from "./reconcile-dev-cluster.ts";
import { reconcileDevMachine } from "./reconcile-dev-machine.ts";

/** Starts the dev provider (DevCluster and DevMachine with the in-memory backend of Cluster API 1.14). */
export function startProviderDev(connection: Connection, settings: ControllerSettings = {}): Running {
  const management = new Management(connection, "capd", settings);
  const dev: Dev = { management, workloads: new WorkloadApi(management), stopwatch: new Stopwatch() };
  const start = (
    kind: Kind,
    reconcile: (dev: Dev, key: string) => Promise<Handled>,
    also: readonly Kind[],
  ): Running =>
    startController({
      client: management.client,
      informers: management.informers,
      name: `dev/${kind.kind}`,
      watches: [
        { kind, map: (object) => [keyOf(object)] },
        ...also.map((other): Watch => ({
          kind: other,
          map: (object) => management.informers.of(kind).list(object.metadata.namespace).map(keyOf),
          options: other === kinds.secret ? KUBECONFIG_SECRETS : undefined,
        })),
      ],
      reconcile: (key) => reconcile(dev, key),
    });
  const running = [
    start(capi.devCluster, reconcileDevCluster, [capi.cluster, capi.kubeadmControlPlane, kinds.secret]),
    start(capi.devMachine, reconcileDevMachine, [capi.cluster, capi.machine, capi.kubeadmControlPlane]),
  ];
  return {
    close: async () => {
      await Promise.all(running.map((each) => each.close()));
      await management.close();
    },
  };
}
