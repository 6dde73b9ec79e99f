import type { Metadata } from "next";
import { ReconciliationView } from "@/components/reconciliation/reconciliation-view";
import { Prefetched } from "@/components/shell/prefetched";
import { loadFluxListParams } from "@/lib/client/flux-list-params";
import { queryKeys } from "@/lib/client/query-keys";
import { listFlux } from "@/lib/queries/list-flux";
import { readContext } from "@/lib/server/session";
import { reconcileAction } from "./actions";

export const metadata: Metadata = { title: "Reconciliation" };

export default async function ReconciliationPage({ searchParams }: PageProps<"/reconciliation">) {
  const params = loadFluxListParams(await searchParams);
  const list = await listFlux(await readContext(), params);
  return (
    <Prefetched queryKey={queryKeys.fluxObjects(params)} data={list}>
      <ReconciliationView reconcile={reconcileAction} />
    </Prefetched>
  );
}
