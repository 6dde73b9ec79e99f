import { execFileSync } from "node:child_process";
import type { Connection, Kubernetes } from "../contracts.ts";
import { connectionOf } from "../controllers/runtime/connection-of.ts";
import { kindOf } from "../controllers/runtime/kind.ts";
import { KubeClient } from "../controllers/runtime/kube-client.ts";
import type { Unstructured } from "../controllers/runtime/objects.ts";
import { troubles, type Trouble } from "../fleet/troubles.ts";
import { waitFor } from "./wait-for.ts";

const kustomization = kindOf("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "kustomizations");

interface World {
  kubernetes: Kubernetes;
  management: Connection;
  gitDir: string;
}

function isReady(object: Unstructured): boolean {
  const { conditions } = (object.status ?? {}) as { conditions?: { type: string; status: string }[] };
  return (conditions ?? []).some(({ type, status }) => type === "Ready" && status === "True");
}

/** Whether the cluster's own Flux has settled, as the management cluster knows it. */
export async function isUp(client: KubeClient, cluster: string): Promise<true | undefined> {
  return isReady(await client.get(kustomization, "flux-config", cluster)) ? true : undefined;
}

/** Gives each troubled cluster of the plan what troubles it, when its time has come. */
export async function bringTrouble(
  world: World,
  names: ReadonlySet<string>,
  timeoutMs: number,
): Promise<void> {
  const mine = troubles.filter(({ cluster }) => names.has(cluster));
  await Promise.all(mine.map((trouble) => bringOne(world, trouble, timeoutMs)));
}

async function bringOne(
  { kubernetes, management, gitDir }: World,
  trouble: Trouble,
  timeoutMs: number,
): Promise<void> {
  const { object, manager } = trouble;
  const hub = new KubeClient(management, { fieldManager: manager });
  const kind = kindOf(object.apiVersion, object.kind, object.plural);
  const shaBack = (count: number): string =>
    execFileSync("git", ["--git-dir", gitDir, "rev-parse", `main~${String(count)}`], {
      encoding: "utf8",
    }).trim();
  try {
    if (trouble.stage === "once-ready")
      await waitFor(() => isUp(hub, trouble.cluster), { timeoutMs, everyMs: 1_000 });
    await waitFor(
      async () => {
        const client = trouble.on === "management" ? hub : workloadClient(kubernetes, trouble);
        try {
          if (trouble.stage === "once-ready" && trouble.on === "workload") {
            const before = await client.get(kind, object.name, object.namespace);
            if (!isReady(before)) return undefined;
          }
          return await client.patch(kind, object.name, object.namespace, trouble.patch(shaBack));
        } finally {
          if (client !== hub) await client.close();
        }
      },
      { timeoutMs },
    );
  } finally {
    await hub.close();
  }
}

function workloadClient(kubernetes: Kubernetes, { cluster, manager }: Trouble): KubeClient {
  return new KubeClient(connectionOf(kubernetes.workloadKubeconfig(cluster, cluster)), {
    fieldManager: manager,
  });
}
