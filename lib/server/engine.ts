import type { ChangeWorld } from "../changes/change-world.ts";
import { askTopic } from "../db/asks.ts";
import { recordReached } from "../db/audit-reached.ts";
import { holdLock } from "../db/hold-lock.ts";
import { listen } from "../db/notify.ts";
import { startChanges, type RunningChanges } from "../engine/changes/start-changes.ts";
import { startJobs } from "../engine/jobs/start-jobs.ts";
import { startRadar } from "../engine/radar/start-radar.ts";
import { startSync } from "../engine/sync/start-sync.ts";
import { fleetFiles, type LoadedFleetFiles } from "../git/fleet-files.ts";
import { loadConnection } from "../kubernetes/connection.ts";
import { changeWorld } from "./change-world.ts";
import { metrics } from "./metrics.ts";
import { lookTopic } from "./look-topic.ts";
import { scrub } from "./scrub.ts";
import { services } from "./services.ts";

const trailMs = 15_000;

export interface Running {
  close(): Promise<void>;
}

/**
 * Starts the engine: sync from the clusters, and changes from the forge. Of any number of processes one leads each;
 * the others keep their mirror fresh. Never throws for what comes later: it logs and tries again.
 */
export async function startEngine(): Promise<Running> {
  const { db, env, log, clock, mirror } = services();
  const databaseUrl = env.DATABASE_DIRECT_URL ?? env.DATABASE_URL;
  const files = fleetFiles(mirror);
  await files.refresh();
  const connection = await loadConnection(
    env.MANAGEMENT_KUBECONFIG ? { path: env.MANAGEMENT_KUBECONFIG } : "in-cluster",
  );
  const wakes = new Set<() => void>();
  const sync = startSync({
    db,
    databaseUrl,
    management: { slug: env.MANAGEMENT_CLUSTER, connection },
    git: files,
    workloadAccess: env.WORKLOAD_ACCESS,
    onAsk: (wake) => {
      wakes.add(wake);
      return () => wakes.delete(wake);
    },
    logger: log,
    metrics: metrics().sync,
    now: () => clock.now(),
  });
  const jobs = startJobs({
    databaseUrl,
    world: changeWorld,
    log,
    adminTeam: env.FLEETWRIGHT_ADMIN_TEAM ?? null,
    scrub: (text) => String(scrub(text)),
  });
  const changes = leadChanges(databaseUrl, files, () => {
    for (const wake of wakes) wake();
  });
  return {
    close: async () => {
      await Promise.allSettled([sync.close(), changes.close(), jobs.close()]);
      await connection.close();
    },
  };
}

/** Builds the default branch's tree beside the work: a pull request then only builds what it changes. */
function warmBuild({ mirror, buildFleet, log }: ChangeWorld): void {
  void (async () => {
    const head = await mirror.head();
    if (head) await buildFleet(await mirror.treeOf(head));
  })().catch((error: unknown) => {
    log.warn({ err: error }, "the default branch could not be built ahead; checks build it themselves");
  });
}

/** Keeps the last link of the audit trail written: which clusters a merged commit has reached. */
function followTrail(): Running {
  const { db, clock, log } = services();
  const timer = setInterval(() => {
    recordReached(db, clock.now()).catch((error: unknown) => {
      log.warn({ err: error }, "could not write down which clusters commits reached; it is tried again");
    });
  }, trailMs);
  return {
    close: () => {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}

function leadChanges(databaseUrl: string, files: LoadedFleetFiles, onAsk: () => void): Running {
  const { env, log, mirror } = services();
  let leading: RunningChanges | null = null;
  const follow = (): void => {
    mirror
      .fetch()
      .then(() => files.refresh())
      .catch((error: unknown) => log.warn({ err: error }, "could not follow the fleet repository"));
  };
  const listener = listen({
    url: databaseUrl,
    onMessage: ({ topic, id }) => {
      if (topic === askTopic) onAsk();
      else if (topic === lookTopic) leading?.look(id === "" ? undefined : Number(id));
      else if (topic === "repository" && !leading) follow();
    },
    onResync: () => {
      if (leading) leading.look();
      else follow();
    },
  });
  const lock = holdLock({
    url: databaseUrl,
    name: `fleetwright:changes:${env.FLEET_REPOSITORY}`,
    retryMs: 3_000,
    onError: (error) => {
      log.warn({ err: error }, "cannot lead the work on changes for now");
    },
    async onHeld() {
      const world = await changeWorld();
      const radar = startRadar(world);
      const running = startChanges({
        world,
        onFetched: async () => {
          await files.refresh();
          warmBuild(world);
          radar.look();
        },
      });
      leading = running;
      const trail = followTrail();
      return {
        close: async () => {
          leading = null;
          await trail.close();
          await running.close();
          await radar.close();
        },
      };
    },
  });
  return {
    close: async () => {
      await lock.close();
      await listener.close();
    },
  };
}
