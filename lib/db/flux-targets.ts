import type { AskTarget } from "../domain/asks/ask.ts";
import { isFluxSource } from "../domain/flux/flux-kinds.ts";
import type { Db } from "./client.ts";
import type { Prisma } from "./generated/client.ts";

/** A Flux object as use cases act on it. */
export interface FluxTarget {
  id: string;
  managementClusterId: string;
  home: string;
  clusterId: string | null;
  kind: string;
  namespace: string;
  name: string;
  suspended: boolean;
  isSource: boolean;
  /** Name and team of the cluster it belongs to; null: the management cluster's own. */
  cluster: string | null;
  team: string | null;
  target: AskTarget;
}

const select = {
  id: true,
  managementClusterId: true,
  home: true,
  clusterId: true,
  apiVersion: true,
  kind: true,
  namespace: true,
  name: true,
  suspended: true,
  cluster: { select: { name: true, team: true } },
} as const;

export async function findFluxTargets(db: Db, ids: readonly string[]): Promise<FluxTarget[]> {
  const rows = await db.fluxObject.findMany({ where: { id: { in: [...ids] }, deletedAt: null }, select });
  return rows.map(toTarget);
}

/** What reads from these sources, on the same API server. */
export async function findFluxBehind(db: Db, sources: readonly FluxTarget[]): Promise<FluxTarget[]> {
  const those = sources.filter(({ isSource }) => isSource);
  if (those.length === 0) return [];
  const rows = await db.fluxObject.findMany({
    where: {
      deletedAt: null,
      OR: those.map((one) => ({
        managementClusterId: one.managementClusterId,
        homeKey: one.home === "management" ? "management" : (one.clusterId ?? ""),
        sourceKind: one.kind,
        sourceNamespace: one.namespace,
        sourceName: one.name,
      })),
    },
    select,
    take: 500,
  });
  return rows.map(toTarget);
}

type Row = Prisma.FluxObjectGetPayload<{ select: typeof select }>;

function toTarget({ cluster, apiVersion, ...row }: Row): FluxTarget {
  const { kind, namespace, name } = row;
  return {
    ...row,
    isSource: isFluxSource(kind),
    cluster: cluster?.name ?? null,
    team: cluster?.team ?? null,
    target: { apiVersion, kind, namespace, name },
  };
}
