import { openDb } from "../../lib/db/client.ts";
import { noMetrics } from "../../lib/engine/sync/metrics.ts";
import { startSync } from "../../lib/engine/sync/start-sync.ts";
import { fleetFiles } from "../../lib/git/fleet-files.ts";
import { openMirror } from "../../lib/git/open-mirror.ts";
import { loadConnection } from "../../lib/kubernetes/connection.ts";
import { closeWithParent } from "./close-with-parent.ts";

export interface EngineRole {
  databaseUrl: string;
  kubeconfig: string;
  mirrorDir: string;
  gitUrl: string;
}

/** What the engine wrote since it started. */
export interface EngineStats {
  flushes: number;
  rows: number;
  seconds: number;
  longestSeconds: number;
}

/** The sync engine as `npm run engine` wires it, without the work on changes; it tells its writes when asked. */
export async function runEngine({ databaseUrl, kubeconfig, mirrorDir, gitUrl }: EngineRole): Promise<void> {
  const db = openDb(databaseUrl);
  const mirror = openMirror({ dir: mirrorDir, url: gitUrl, credentials: () => Promise.resolve(null) });
  await mirror.fetch();
  const git = fleetFiles(mirror);
  await git.refresh();
  const connection = await loadConnection({ text: kubeconfig });
  const stats: EngineStats = { flushes: 0, rows: 0, seconds: 0, longestSeconds: 0 };
  const quiet = (): void => undefined;
  process.send?.({ startedAt: Date.now() });
  const sync = startSync({
    db,
    databaseUrl,
    management: { slug: "bench", connection },
    git,
    workloadAccess: "token",
    logger: { info: quiet, warn: quiet, error: (fields, message) => console.error(message, fields) },
    metrics: {
      ...noMetrics,
      wrote({ rows, seconds }) {
        stats.flushes += 1;
        stats.rows += rows;
        stats.seconds += seconds;
        stats.longestSeconds = Math.max(stats.longestSeconds, seconds);
      },
    },
  });
  process.on("message", () => process.send?.(stats));
  closeWithParent(async () => {
    await sync.close();
    await connection.close();
    await db.$disconnect();
  });
}
