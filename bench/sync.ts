import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { startChild, type Child } from "./child.ts";
import { fleetOf, workloadRowsOf, type BenchCluster } from "./fleet-of.ts";
import { listAllBare } from "./list-all-bare.ts";
import { measureLatency, type LatencyFigures } from "./latency.ts";
import { pssMb } from "./pss.ts";
import type { EngineStats } from "./roles/engine.ts";
import { startSyncBenchWorld, type SyncBenchWorld } from "./sync-world.ts";

export interface SyncFigures {
  clusters: number;
  seedSeconds: number;
  /** A plain client that lists the same kinds of every API server once: the reference of the first sync. */
  bareListSeconds: number;
  /** From the engine's start until every cluster, Flux object and Deployment is in the database. */
  firstSyncSeconds: number;
  firstSyncToBareList: number;
  /** From the engine's start until the management cluster is in the database, which is when the portal is ready. */
  readySeconds: number;
  /** The same over an inventory that is there already. */
  restartSeconds: number;
  firstSyncWrites: EngineStats;
  latency: LatencyFigures;
  memoryMb: { engineAfterSync: number | null; engineAfterEvents: number | null; stream: number | null };
  apiServersMb: number | null;
}

const minuteMs = 60_000;

/** First sync, event→browser latency and memory with a fleet of this size. */
export async function benchSync(clusters: number): Promise<SyncFigures> {
  const fleet = fleetOf(clusters);
  const began = performance.now();
  const world = await startSyncBenchWorld(fleet);
  const db = new Client({ connectionString: world.database.url });
  try {
    const seedSeconds = secondsSince(began);
    await db.connect();
    const bareListSeconds = await listAllBare(world.api.told, fleet);
    const first = await startEngine(world, db, fleet);
    const engineAfterSync = pssMb(first.engine.pid);
    const firstSyncWrites = await first.engine.ask<EngineStats>();
    await first.engine.close();
    const again = await startEngine(world, db, fleet);
    const portal = await startChild<{ url: string }>("portal", {
      databaseUrl: world.database.url,
      dataDir: join(world.dir, "portal"),
    });
    const latency = await measureLatency({ world, db, fleet, streamUrl: portal.told.url });
    const figures = {
      clusters,
      seedSeconds,
      bareListSeconds,
      firstSyncSeconds: first.seconds,
      firstSyncToBareList: Math.round((first.seconds / bareListSeconds) * 10) / 10,
      readySeconds: first.readySeconds,
      restartSeconds: again.seconds,
      firstSyncWrites,
      latency,
      memoryMb: {
        engineAfterSync,
        engineAfterEvents: pssMb(again.engine.pid),
        stream: pssMb(portal.pid),
      },
      apiServersMb: pssMb(world.api.pid),
    };
    await Promise.all([portal.close(), again.engine.close()]);
    return figures;
  } finally {
    await db.end();
    await world.close();
  }
}

interface Started {
  engine: Child<{ startedAt: number }>;
  seconds: number;
  readySeconds: number;
}

/** Starts an engine and waits until it follows everything. */
async function startEngine(
  world: SyncBenchWorld,
  db: Client,
  fleet: readonly BenchCluster[],
): Promise<Started> {
  await db.query(`UPDATE "Cluster" SET contact = 'never'`);
  await db.query(`UPDATE "ManagementCluster" SET "syncedAt" = NULL`);
  const engine = await startChild<{ startedAt: number }>("engine", {
    databaseUrl: world.database.url,
    kubeconfig: world.api.told.kubeconfig,
    mirrorDir: join(world.dir, "mirror.git"),
    gitUrl: world.gitUrl,
  });
  const { startedAt } = engine.told;
  const seconds = (): number => Math.round((Date.now() - startedAt) / 10) / 100;
  const rows = workloadRowsOf(fleet);
  let readySeconds: number | null = null;
  for (;;) {
    if (Date.now() - startedAt > 10 * minuteMs) throw new Error("the first sync did not end in ten minutes");
    const { rows: found } = await db.query<Record<"ready" | "live" | "flux" | "workloads", number>>(progress);
    const [now] = found;
    if (now && now.ready > 0) readySeconds ??= seconds();
    if (process.env["BENCH_DEBUG"]) console.error(seconds(), now, rows);
    if (now && now.live >= fleet.length && now.flux >= rows.flux && now.workloads >= rows.workloads) break;
    await delay(100);
  }
  return { engine, seconds: seconds(), readySeconds: readySeconds ?? seconds() };
}

const progress = `SELECT
  (SELECT count(*)::int FROM "ManagementCluster" WHERE "syncedAt" IS NOT NULL) AS ready,
  (SELECT count(*)::int FROM "Cluster" WHERE live AND contact = 'ok' AND name LIKE 'bench-%') AS live,
  (SELECT count(*)::int FROM "FluxObject" WHERE home = 'workload' AND "deletedAt" IS NULL) AS flux,
  (SELECT count(*)::int FROM "Workload") AS workloads`;

const secondsSince = (began: number): number => Math.round((performance.now() - began) / 10) / 100;
