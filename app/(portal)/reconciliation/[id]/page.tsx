import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { FluxObjectPage } from "@/components/reconciliation/flux-object-page";
import { Prefetched } from "@/components/shell/prefetched";
import { queryKeys } from "@/lib/client/query-keys";
import { findFlux } from "@/lib/queries/find-flux";
import { readContext } from "@/lib/server/session";
import { reconcileAction } from "../actions";

type Props = PageProps<"/reconciliation/[id]">;

/** Title and page of one request read it once. */
const read = cache(async (id: string) => findFlux(await readContext(), id));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await read((await params).id);
  return { title: found ? `${found.kind} ${found.name}` : "Reconciliation" };
}

export default async function ObjectPage({ params }: Props) {
  const { id } = await params;
  const found = await read(id);
  if (found === null) notFound();
  return (
    <Prefetched queryKey={queryKeys.fluxObject(id)} data={found}>
      <FluxObjectPage id={id} reconcile={reconcileAction} />
    </Prefetched>
  );
}
