import type { InventoryBatch } from "../../db/inventory.ts";
import type { FluxData } from "../../db/inventory-rows.ts";
import type { ClusterRecord } from "./records.ts";

export type Changes = Omit<InventoryBatch, "managementClusterId" | "epoch">;

export function emptyChanges(): Changes {
  return {
    clusters: [],
    flux: [],
    fluxGone: [],
    pools: [],
    workloads: [],
    workloadsGone: [],
    milestones: [],
    ended: [],
    incarnations: [],
    intervals: [],
    intervalsEnded: [],
    notify: [],
  };
}

export function isEmpty(changes: Changes): boolean {
  return Object.values(changes).every((list) => list.length === 0);
}

/** How many rows of the fleet these changes write or remove; what follows from them is about as much again. */
export function rowsIn({ clusters, flux, fluxGone, pools, workloads, workloadsGone }: Changes): number {
  const lists = [clusters, flux, fluxGone, workloads, workloadsGone, ...pools.map(({ rows }) => rows)];
  return lists.reduce((sum, { length }) => sum + length, 0);
}

/** Adds what differs between a cluster's former rows and its new ones. */
export function addDifference(changes: Changes, before: ClusterRecord | null, after: ClusterRecord): void {
  const { row } = after;
  const rowChanged = before?.row.hash !== row.hash;
  const fluxChanged = diffFlux(
    changes,
    before?.flux ?? new Map(),
    row.deletedAt === null ? after.flux : new Map(),
  );
  const known = before?.workloads ?? new Map<string, { id: string; hash: string }>();
  const workloads = [...after.workloads].filter(([key, one]) => known.get(key)?.hash !== one.hash);
  const gone = [...known].filter(([key]) => !after.workloads.has(key));
  changes.workloads.push(...workloads.map(([, one]) => one));
  changes.workloadsGone.push(...gone.map(([, one]) => one.id));
  const poolsChanged = JSON.stringify(before?.pools ?? []) !== JSON.stringify(after.pools);
  if (poolsChanged) changes.pools.push({ clusterId: row.id, rows: after.pools });
  if (rowChanged) changes.clusters.push(row);
  addLives(changes, before, after);
  if (rowChanged || poolsChanged) changes.notify.push({ topic: "cluster", id: row.id });
  else if (fluxChanged || workloads.length > 0 || gone.length > 0)
    changes.notify.push({ topic: "flux", id: row.id });
}

/** Adds Flux rows that changed or went; true where any did. */
export function diffFlux(
  changes: Changes,
  before: ReadonlyMap<string, FluxData>,
  after: ReadonlyMap<string, FluxData>,
): boolean {
  const changed = [...after]
    .filter(([key, flux]) => before.get(key)?.hash !== flux.hash)
    .map(([, flux]) => flux);
  const gone = [...before].filter(([key]) => !after.has(key)).map(([, { id }]) => id);
  changes.flux.push(...changed);
  changes.fluxGone.push(...gone);
  return changed.length > 0 || gone.length > 0;
}

/** Another uid is another life of the name; without one, and without Git asking for it, the life has ended. */
function addLives(changes: Changes, before: ClusterRecord | null, { row }: ClusterRecord): void {
  if (row.uid !== null && row.uid !== before?.row.uid) {
    changes.incarnations.push({ clusterId: row.id, uid: row.uid, firstSeen: new Date().toISOString() });
  }
  const died = before?.row.uid && row.uid === null;
  if (died || (row.deletedAt !== null && before?.row.deletedAt === null)) {
    changes.ended.push({ clusterId: row.id, at: row.deletedAt ?? new Date().toISOString() });
  }
}
