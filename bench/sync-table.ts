import type { Spread } from "./spread.ts";
import type { SyncFigures } from "./sync.ts";

const seconds = (value: number): string => `${value.toFixed(2)} s`;
const ms = ({ p50, p95, max, samples }: Spread): string =>
  `${String(Math.round(p50))} / ${String(Math.round(p95))} / ${String(Math.round(max))} ms (${String(samples)})`;
const mb = (value: number | null): string => (value === null ? "not known here" : `${String(value)} MB`);

/** What one run gave, for reading: what, figure, compared with. */
export function syncTable({ latency, memoryMb, firstSyncWrites, ...figures }: SyncFigures): string[][] {
  const { burst } = latency;
  const bare = seconds(figures.bareListSeconds);
  return [
    ["what", "figure", "reference in the same run"],
    ["seeding", seconds(figures.seedSeconds), ""],
    [
      "first sync",
      seconds(figures.firstSyncSeconds),
      `${String(figures.firstSyncToBareList)} × bare list (${bare})`,
    ],
    ["  portal ready", seconds(figures.readySeconds), ""],
    [
      "  longest write",
      seconds(firstSyncWrites.longestSeconds),
      `${String(firstSyncWrites.rows)} rows in all`,
    ],
    ["restart", seconds(figures.restartSeconds), "over a full inventory"],
    ["event, workload cluster", ms(latency.workload), `${String(latency.workloadToBareWatch)} × bare watch`],
    ["event, management", ms(latency.management), "p50 / p95 / max (samples)"],
    ["bare watch", ms(latency.bareWatch), ""],
    ["burst, all clusters", ms(burst.perEvent), `written in ${seconds(burst.writeSeconds)}`],
    ["  until all heard", seconds(burst.untilAllHeardSeconds), ""],
    ["engine after first sync", mb(memoryMb.engineAfterSync), "PSS"],
    ["engine after the events", mb(memoryMb.engineAfterEvents), "PSS"],
    ["live stream process", mb(memoryMb.stream), "PSS, without Next.js"],
    ["API servers (sandbox)", mb(figures.apiServersMb), "PSS"],
  ];
}
