import type { Durations, KubernetesUser, Connection } from "../../contracts.ts";
import { startKubernetes } from "../../kubernetes/start-kubernetes.ts";
import { capi } from "../capi/kinds.ts";
import type { ProbeSettings } from "../capi/prober.ts";
import { startCapiCore } from "../capi/start-capi-core.ts";
import { kubeconfigOf } from "../capi/workload-clients.ts";
import { startProviderAzure } from "../azure/start-provider-azure.ts";
import { apiVersionOf, kinds } from "../runtime/kind.ts";
import { connectionOf } from "../runtime/connection-of.ts";
import { KubeClient } from "../runtime/kube-client.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { startProviderDev } from "../dev/start-provider-dev.ts";
import { loadCrds } from "../../crds/load-crds.ts";
import { startWorkloads } from "../workloads/start-workloads.ts";

const admin: KubernetesUser = { username: "admin", groups: ["system:masters"], token: "admin-token" };

/** So short that a test sees every step and waits for none. */
const testDurations: Durations = {
  infrastructureMs: 150,
  controlPlaneMs: 300,
  nodeMs: 150,
  upgradeMs: 600,
  deletionMs: 300,
  deploymentMs: 100,
};

/** A management API server with Cluster API, its providers and workloads running against it. */
export async function startFleetWorld(
  durations: Partial<Durations> = {},
  probe: Partial<ProbeSettings> = { intervalMs: 100, graceMs: 300 },
) {
  const api = await startKubernetes({ users: [admin] });
  const connection: Connection = { server: api.url, ca: api.ca, token: admin.token };
  const client = new KubeClient(connection, { fieldManager: "test" });
  for (const crd of loadCrds("management")) await client.apply(kinds.crd, crd as Unstructured);
  const settings = { durations: () => ({ ...testDurations, ...durations }) };
  const running = [
    startCapiCore(connection, { ...settings, probe }),
    startProviderAzure(connection, settings),
    startProviderDev(connection, settings),
    startWorkloads(connection, settings),
  ];
  return {
    api,
    client,
    connection,
    apply: async (objects: readonly Unstructured[]): Promise<void> => {
      const all = Object.values({ ...kinds, ...capi });
      for (const object of objects) {
        const kind = all.find(
          (each) => each.kind === object.kind && apiVersionOf(each) === object.apiVersion,
        );
        if (kind === undefined) throw new Error(`no kind ${object.kind}`);
        await client.apply(kind, object);
      }
    },
    /** A client made from the kubeconfig Secret, as the portal makes its own. */
    workload: async (namespace: string, name: string): Promise<KubeClient> => {
      const secret = await client.get(kinds.secret, `${name}-kubeconfig`, namespace);
      return new KubeClient(connectionOf(kubeconfigOf(secret) ?? ""), {
        fieldManager: "test",
        timeoutMs: 2_000,
      });
    },
    close: async (): Promise<void> => {
      await Promise.all(running.map((each) => each.close()));
      await client.close();
      await api.close();
    },
  };
}
