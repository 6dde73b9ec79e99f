import { Gauge, type Registry } from "prom-client";
import type { JobCount } from "../db/count-jobs.ts";
import { jobNames } from "../db/job-kinds.ts";

const states = ["queued", "running", "dead"] as const;
const patienceMs = 2_000;

/**
 * Jobs by kind and state, read from the queue whenever somebody scrapes: every replica tells the same, so take the
 * maximum over them. While the database does not answer in time they are missing, not zero; the rest is served.
 */
export function registerJobMetrics(registry: Registry, read: () => Promise<JobCount[]>): void {
  let reading: Promise<JobCount[] | null> | null = null;
  // Both gauges collect at once: they share one reading.
  const shared = (): Promise<JobCount[] | null> =>
    (reading ??= inTime(read).finally(() => {
      reading = null;
    }));
  const gauge = (name: string, help: string, valueOf: (count: JobCount) => number): void => {
    const labelNames = ["kind", "state"];
    new Gauge({
      ...{ name, help, labelNames, registers: [registry] },
      async collect() {
        const counts = await shared();
        this.reset();
        if (counts === null) return;
        for (const kind of jobNames) for (const state of states) this.set({ kind, state }, 0);
        for (const count of counts) this.set({ kind: count.kind, state: count.state }, valueOf(count));
      },
    });
  };
  gauge(
    "fleetwright_jobs",
    "Jobs of all replicas, by kind: queued, running, or dead (failed for the last time).",
    ({ count }) => count,
  );
  gauge(
    "fleetwright_jobs_oldest_seconds",
    "For how long the oldest job of a kind has been due, running or dead; 0: none is.",
    ({ oldestSeconds }) => oldestSeconds,
  );
}

/** Null where it failed or took too long: a scrape is not held up by a database that is away. */
async function inTime(read: () => Promise<JobCount[]>): Promise<JobCount[] | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((done) => {
    timer = setTimeout(() => {
      done(null);
    }, patienceMs);
  });
  const answer = Promise.resolve()
    .then(read)
    .catch(() => null);
  return Promise.race([answer, late]).finally(() => {
    clearTimeout(timer);
  });
}
