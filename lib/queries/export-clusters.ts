import { stringify } from "csv-stringify/sync";
import type { ReadContext } from "./context.ts";
import { listClusters } from "./list-clusters.ts";
import type { ClusterListParams, ClusterRow } from "./views.ts";

/** Columns of the file, in their order; the names are for spreadsheets and scripts, so they stay. */
const columns: Record<string, (row: ClusterRow) => string | number | null> = {
  name: ({ name }) => name,
  namespace: ({ namespace }) => namespace,
  state: ({ mark }) => mark.word,
  cause: ({ cause }) => cause,
  since: ({ since }) => since,
  environment: ({ environment }) => environment,
  region: ({ region }) => region,
  team: ({ team }) => team,
  owner: ({ owner }) => owner,
  provider: ({ provider }) => provider,
  template: ({ template }) => template,
  desiredVersion: ({ desiredVersion }) => desiredVersion,
  observedVersion: ({ observedVersion }) => observedVersion,
  nodesReady: ({ nodesReady }) => nodesReady,
  nodesDesired: ({ nodesDesired }) => nodesDesired,
  fluxSynced: ({ flux }) => flux.synced,
  fluxTotal: ({ flux }) => flux.total,
  revision: ({ revision }) => revision,
  expiresAt: ({ expiresAt }) => expiresAt,
  lastSeenAt: ({ lastSeenAt }) => lastSeenAt,
};

export type ExportFormat = "csv" | "json";

/** Every cluster that matches, all pages of it, as a file. A cell that a spreadsheet would take for a formula is text. */
export async function exportClusters(
  ctx: ReadContext,
  params: ClusterListParams,
  format: ExportFormat,
): Promise<string> {
  const { rows } = await listClusters(ctx, { ...params, page: 1, pageSize: Number.MAX_SAFE_INTEGER });
  const records = rows.map((row) =>
    Object.fromEntries(Object.entries(columns).map(([name, read]) => [name, read(row)])),
  );
  if (format === "json") return `${JSON.stringify(records, null, 2)}\n`;
  return stringify(records, { header: true, columns: Object.keys(columns), escape_formulas: true });
}
