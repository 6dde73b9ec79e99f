import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { countJobs } from "../db/count-jobs.ts";
import type { SyncMetrics } from "../engine/sync/metrics.ts";
import { registerJobMetrics } from "./job-metrics.ts";
import { services } from "./services.ts";

interface Metrics {
  registry: Registry;
  sync: SyncMetrics;
}

function open(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  registerJobMetrics(registry, () => countJobs(services().db));
  return { registry, sync: syncMetrics([registry]) };
}

function syncMetrics(registers: Registry[]): SyncMetrics {
  const leading = new Gauge({
    name: "fleetwright_sync_leading",
    help: "1 while this process leads the sync of its management cluster.",
    registers,
  });
  const flushes = new Histogram({
    name: "fleetwright_sync_flush_seconds",
    help: "Time to project and write what changed in the inventory.",
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30],
    registers,
  });
  const rows = new Counter({
    name: "fleetwright_sync_rows_written_total",
    help: "Rows of clusters and Flux objects that differed and were written.",
    registers,
  });
  const missed = new Counter({
    name: "fleetwright_sync_missed_total",
    help: "Objects a list showed and the watch had not, by what made us list.",
    labelNames: ["kind", "cause"],
    registers,
  });
  const failures = new Counter({
    name: "fleetwright_sync_kind_failures_total",
    help: "Failed lists and watches of the management cluster; status 0: no answer.",
    labelNames: ["kind", "status"],
    registers,
  });
  const contacts = new Gauge({
    name: "fleetwright_workload_clusters",
    help: "Workload clusters by our contact to their API servers.",
    labelNames: ["contact"],
    registers,
  });
  return {
    leading: (is) => {
      leading.set(is ? 1 : 0);
    },
    wrote(flush) {
      flushes.observe(flush.seconds);
      rows.inc(flush.rows);
    },
    missed: ({ kind, count, cause }) => {
      missed.inc({ kind, cause }, count);
    },
    kindFailed: (kind, status) => {
      failures.inc({ kind, status });
    },
    contacts(counts) {
      contacts.reset();
      for (const [contact, count] of counts) contacts.set({ contact }, count);
    },
  };
}

const holder = globalThis as typeof globalThis & { fleetwrightMetrics?: Metrics };

/** The process's metrics; pages and engine are bundled apart, so they live on `globalThis`. */
export function metrics(): Metrics {
  holder.fleetwrightMetrics ??= open();
  return holder.fleetwrightMetrics;
}
