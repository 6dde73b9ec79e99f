import { setTimeout as delay } from "node:timers/promises";
import type { Client } from "pg";
import { connectionOf } from "../sandbox/controllers/runtime/connection-of.ts";
import { kindOf, kinds } from "../sandbox/controllers/runtime/kind.ts";
import { KubeClient } from "../sandbox/controllers/runtime/kube-client.ts";
import type { BenchCluster } from "./fleet-of.ts";
import { listenLive, type LiveClient } from "./listen-live.ts";
import { spreadOf, type Spread } from "./spread.ts";
import type { SyncBenchWorld } from "./sync-world.ts";

export interface LatencyFigures {
  /** Milliseconds from before the status write to the server-sent event at an HTTP client. */
  management: Spread;
  workload: Spread;
  /** The same writes until a bare watch tells them: the reference. */
  bareWatch: Spread;
  workloadToBareWatch: number;
  /** Every cluster's status written as fast as the API servers take it. */
  burst: { writeSeconds: number; untilAllHeardSeconds: number; perEvent: Spread };
}

export interface LatencyWorld {
  world: SyncBenchWorld;
  db: Client;
  fleet: readonly BenchCluster[];
  streamUrl: string;
}

const kustomization = kindOf("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "kustomizations");
const samples = 30;

interface Target {
  client: KubeClient;
  name: string;
  namespace: string;
}

export async function measureLatency({ world, db, fleet, streamUrl }: LatencyWorld): Promise<LatencyFigures> {
  const hub = new KubeClient(connectionOf(world.api.told.kubeconfig), { fieldManager: "bench" });
  const live = await listenLive(streamUrl);
  const { rows } = await db.query<{ id: string; name: string }>(`SELECT id, name FROM "Cluster"`);
  const ids = new Map(rows.map(({ id, name }) => [name, id]));
  try {
    const picked = fleet
      .filter((_, index) => index % Math.ceil(fleet.length / samples) === 0)
      .slice(0, samples);
    const management: number[] = [];
    const workload: number[] = [];
    const bareWatch: number[] = [];
    for (const { name } of picked) {
      const id = ids.get(name) ?? "";
      await quiet(live);
      management.push(await timeOne(live, id, { client: hub, name: "flux-config", namespace: name }));
      const own = await workloadClient(hub, name);
      await quiet(live);
      const target = { client: own, name: "applications", namespace: "flux-system" };
      const watched = watchOnce(target);
      await watched.ready;
      const at = performance.now();
      workload.push(await timeOne(live, id, target));
      bareWatch.push((await watched.told) - at);
      await own.close();
    }
    const burst = await measureBurst(live, hub, fleet, ids);
    const figures = {
      management: spreadOf(management),
      workload: spreadOf(workload),
      bareWatch: spreadOf(bareWatch),
    };
    const ratio = figures.workload.p50 / figures.bareWatch.p50;
    return { ...figures, workloadToBareWatch: Math.round(ratio), burst };
  } finally {
    live.close();
    await hub.close();
  }
}

/** Nothing was heard for a while: what comes next is the answer to the next write. The pause is never the same. */
async function quiet(live: LiveClient): Promise<void> {
  const pauseMs = 400 + Math.random() * 300;
  const deadline = performance.now() + 10_000;
  while (performance.now() < deadline) {
    const last = live.heard.at(-1)?.at ?? 0;
    if (performance.now() - last > pauseMs) return;
    await delay(50);
  }
}

async function timeOne(live: LiveClient, id: string, target: Target): Promise<number> {
  const at = performance.now();
  await fail(target);
  return (await live.hear(id, at)).at - at;
}

let written = 0;

/** Writes another Ready condition, as a controller would whose health check fails. */
async function fail({ client, name, namespace }: Target): Promise<void> {
  written += 1;
  const condition = {
    type: "Ready",
    status: "False",
    reason: "HealthCheckFailed",
    message: `health check failed after ${String(written)}s: timeout waiting for: [Deployment/apps/web status: 'InProgress']`,
    lastTransitionTime: new Date().toISOString(),
    observedGeneration: 1,
  };
  await client.patchStatus(kustomization, name, namespace, { status: { conditions: [condition] } });
}

async function workloadClient(hub: KubeClient, name: string): Promise<KubeClient> {
  const secret = await hub.get(kinds.secret, `${name}-kubeconfig`, name);
  const { value = "" } = secret["data"] as { value?: string };
  return new KubeClient(connectionOf(Buffer.from(value, "base64").toString()), { fieldManager: "bench" });
}

/** A bare watch of one Kustomization: `told` is when it tells of the next change. */
function watchOnce({ client, name, namespace }: Target): { ready: Promise<void>; told: Promise<number> } {
  const stop = new AbortController();
  const list = client.list(kustomization, { namespace });
  const told = list.then(
    ({ resourceVersion }) =>
      new Promise<number>((resolve, reject) => {
        client
          .watch(
            kustomization,
            { namespace, resourceVersion },
            ({ object }) => {
              if (object.metadata.name !== name) return;
              resolve(performance.now());
              stop.abort();
            },
            stop.signal,
          )
          .catch(reject);
      }),
  );
  return { ready: list.then(() => delay(100)), told };
}

async function measureBurst(
  live: LiveClient,
  hub: KubeClient,
  fleet: readonly BenchCluster[],
  ids: ReadonlyMap<string, string>,
): Promise<LatencyFigures["burst"]> {
  await quiet(live);
  const began = performance.now();
  const queue = [...fleet];
  const perEvent: Promise<number>[] = [];
  const write = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const at = performance.now();
      await fail({ client: hub, name: "flux-config", namespace: next.name });
      perEvent.push(live.hear(ids.get(next.name) ?? "", at, 120_000).then((heard) => heard.at - at));
    }
  };
  await Promise.all(Array.from({ length: 20 }, write));
  const writeSeconds = (performance.now() - began) / 1_000;
  const each = await Promise.all(perEvent);
  const last = live.heard.at(-1)?.at ?? began;
  const round = (value: number): number => Math.round(value * 100) / 100;
  return {
    writeSeconds: round(writeSeconds),
    untilAllHeardSeconds: round((last - began) / 1_000),
    perEvent: spreadOf(each),
  };
}
