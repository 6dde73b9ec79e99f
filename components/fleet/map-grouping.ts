import { parseAsStringLiteral } from "nuqs";
import type { MapCluster } from "@/lib/queries/views";

/** What the columns of the map may be; its rows are environments. */
export const mapGroupings = ["region", "team", "version", "provider"] as const;
export type MapGrouping = (typeof mapGroupings)[number];

export const parseMapGrouping = parseAsStringLiteral(mapGroupings).withDefault("region");

export interface MapRow {
  environment: string;
  total: number;
  cells: MapCluster[][];
}

/** Clusters in rows by environment and columns by `by`; what has none stands last, under "none". */
export function groupMap(clusters: MapCluster[], by: MapGrouping): { columns: string[]; rows: MapRow[] } {
  const columns = distinct(clusters.map((cluster) => columnOf(cluster, by))).sort(compareNames);
  const environments = distinct(clusters.map((cluster) => cluster.environment ?? none)).sort(
    (a, b) => rank(a) - rank(b) || compareNames(a, b),
  );
  const rows = environments.map((environment) => {
    const own = clusters.filter((cluster) => (cluster.environment ?? none) === environment);
    return {
      environment,
      total: own.length,
      cells: columns.map((column) => own.filter((cluster) => columnOf(cluster, by) === column)),
    };
  });
  return { columns, rows };
}

const none = "none";
const order = ["production", "staging", "development"];
const rank = (environment: string) => {
  const at = order.indexOf(environment);
  return at === -1 ? order.length : at;
};
const columnOf = (cluster: MapCluster, by: MapGrouping) => minor(cluster[by] ?? none, by);
const minor = (value: string, by: MapGrouping) =>
  by === "version" ? (/^v?\d+\.\d+/.exec(value)?.[0] ?? value) : value;
const distinct = (values: string[]) => [...new Set(values)];
const compareNames = (a: string, b: string) =>
  Number(a === none) - Number(b === none) || a.localeCompare(b, "en", { numeric: true });
