import { hostname } from "node:os";
import { beginEpoch, ensureManagementCluster } from "../../db/management-clusters.ts";
import { holdLock } from "../../db/hold-lock.ts";
import { defaultTimings, type Running, type SyncOptions, type SyncSettings } from "./options.ts";
import { noMetrics } from "./metrics.ts";
import { Reign } from "./reign.ts";

/**
 * Copies the fleet from its API servers into Postgres, for as long as this process leads; of any number of
 * replicas one does. Returns at once and never throws: what fails is logged and tried again.
 */
export function startSync(options: SyncOptions): Running {
  const settings: SyncSettings = {
    ...options,
    metrics: options.metrics ?? noMetrics,
    now: options.now ?? (() => new Date()),
    timings: { ...defaultTimings, ...options.timings },
    rowsPerWrite: options.rowsPerWrite ?? 500,
  };
  const { db, databaseUrl, management, logger, timings } = settings;
  return holdLock({
    url: databaseUrl,
    name: `fleetwright:sync:${management.slug}`,
    retryMs: timings.leadershipMs,
    onError: (error) => {
      logger.warn({ err: error }, "cannot lead the sync of the management cluster for now");
    },
    async onHeld(giveUp) {
      const { slug, connection } = management;
      const managementClusterId = await ensureManagementCluster(db, { slug, server: connection.server });
      const epoch = await beginEpoch(db, managementClusterId, `${hostname()}:${process.pid}`);
      const reign = new Reign({ settings, managementClusterId, epoch, onLost: giveUp });
      logger.info({ slug, epoch: String(epoch) }, "leading the sync of the management cluster");
      await reign.start();
      settings.metrics.leading(true);
      return {
        async close() {
          settings.metrics.leading(false);
          await reign.close();
        },
      };
    },
  });
}
