import type { FluxListRow } from "@/lib/queries/flux-views";

/** Said while somebody's wish to reconcile has not been met; what is met needs no word. */
export function DemandNote({ row }: { row: Pick<FluxListRow, "demand"> }) {
  if (row.demand !== "asked") return null;
  return <span className="ml-1 truncate text-progress-text">reconcile asked</span>;
}
