import { kindsOf } from "../lib/domain/kinds.ts";
import { connectionOf } from "../sandbox/controllers/runtime/connection-of.ts";
import { kindOf, kinds } from "../sandbox/controllers/runtime/kind.ts";
import { KubeClient } from "../sandbox/controllers/runtime/kube-client.ts";
import type { BenchCluster } from "./fleet-of.ts";
import type { ApiServers } from "./sync-world.ts";

/** Clusters read at a time: more only queue up at the one process that serves them all. */
const atOnce = 20;

/**
 * Seconds a plain client takes to list each kind the engine follows, once, on every API server of the fleet: what no
 * engine could be faster than on this machine.
 */
export async function listAllBare(api: ApiServers, fleet: readonly BenchCluster[]): Promise<number> {
  const began = performance.now();
  const hub = new KubeClient(connectionOf(api.kubeconfig), { fieldManager: "bench" });
  await listEach(hub, "management");
  const queue = [...fleet];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const secret = await hub.get(kinds.secret, `${next.name}-kubeconfig`, next.name);
      const { value = "" } = secret["data"] as { value?: string };
      const own = new KubeClient(connectionOf(Buffer.from(value, "base64").toString()), {
        fieldManager: "bench",
      });
      await listEach(own, "workload");
      await own.close();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  await hub.close();
  return Math.round((performance.now() - began) / 10) / 100;
}

async function listEach(client: KubeClient, home: "management" | "workload"): Promise<void> {
  for (const { group, versions, kind, plural } of kindsOf(home)) {
    for (const version of versions) {
      const list = await client.list(kindOf(`${group}/${version}`, kind, plural)).catch(() => null);
      if (list !== null) break;
    }
  }
}
