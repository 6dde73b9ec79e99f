import { loadClusterListParams } from "@/lib/client/cluster-list-params";
import { exportClusters, type ExportFormat } from "@/lib/queries/export-clusters";
import { fileResponse } from "@/lib/server/api";

const types: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
};

/** All clusters that match the list's address, as a file: `format=csv` (the default) or `json`. */
export function GET(request: Request): Promise<Response> {
  const format = new URL(request.url).searchParams.get("format") === "json" ? "json" : "csv";
  return fileResponse({ name: `clusters.${format}`, type: types[format] }, (ctx) =>
    exportClusters(ctx, loadClusterListParams(request), format),
  );
}
