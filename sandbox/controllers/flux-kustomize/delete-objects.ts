import { ApiError } from "../runtime/api-error.ts";
import { pause } from "../runtime/backoff.ts";
import type { ClusterAccess } from "./cluster-access.ts";
import { KUSTOMIZE_GROUP } from "./field-manager.ts";
import type { InventoryObject } from "./inventory.ts";
import { messageOf } from "./reconcile-error.ts";
import { subjectOf } from "./resource-order.ts";

/** Who owns the objects to be deleted. */
export interface Owner {
  name: string;
  namespace: string;
}

/** What became of one object. */
export interface Deleted {
  object: InventoryObject;
  action: "deleted" | "skipped";
}

/** Deletion that went only part of the way. */
export class DeleteError extends Error {
  readonly failed: InventoryObject[];

  constructor(message: string, failed: InventoryObject[]) {
    super(message);
    this.failed = failed;
  }
}

/**
 * Deletes objects in the given order, without waiting. Whether one is spared is read from the live object:
 * `prune: disabled` or `reconcile: disabled`, or another owner. Throws DeleteError after having tried all.
 */
export async function deleteObjects(
  access: ClusterAccess,
  objects: readonly InventoryObject[],
  owner: Owner,
): Promise<Deleted[]> {
  const done: Deleted[] = [];
  const failed: InventoryObject[] = [];
  const errors: string[] = [];
  for (const object of objects) {
    try {
      const action = await deleteOne(access, object, owner);
      if (action !== undefined) done.push({ object, action });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      failed.push(object);
      errors.push(`${subjectOf(object)} delete failed: ${messageOf(error)}`);
    }
  }
  if (failed.length > 0) throw new DeleteError(errors.join("\n"), failed);
  return done;
}

async function deleteOne(
  access: ClusterAccess,
  object: InventoryObject,
  owner: Owner,
): Promise<Deleted["action"] | undefined> {
  const kind = await access.mapper.findOrNone(object.apiVersion, object.kind);
  if (kind === undefined) return undefined;
  const namespace = kind.namespaced ? object.namespace : undefined;
  const live = await access.client.find(kind, object.name, namespace);
  if (live === undefined) return undefined;
  const { labels = {}, annotations = {} } = live.metadata;
  const marks = { ...annotations, ...labels };
  if (["prune", "reconcile"].some((name) => marks[`${KUSTOMIZE_GROUP}/${name}`] === "disabled"))
    return "skipped";
  if (labels[`${KUSTOMIZE_GROUP}/name`] !== owner.name) return "skipped";
  if (labels[`${KUSTOMIZE_GROUP}/namespace`] !== owner.namespace) return "skipped";
  await access.client.delete(kind, object.name, namespace, { propagation: "Background" });
  return "deleted";
}

/** Waits until deleted objects are gone; false when they are not in time. */
export async function waitForTermination(
  access: ClusterAccess,
  deleted: readonly Deleted[],
  timeoutMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const until = Date.now() + timeoutMs;
  let left = deleted.filter((each) => each.action === "deleted").map((each) => each.object);
  for (;;) {
    const still: InventoryObject[] = [];
    for (const object of left) {
      const kind = await access.mapper.findOrNone(object.apiVersion, object.kind);
      if (kind === undefined) continue;
      const namespace = kind.namespaced ? object.namespace : undefined;
      if ((await access.client.find(kind, object.name, namespace)) !== undefined) still.push(object);
    }
    left = still;
    if (left.length === 0) return true;
    if (signal.aborted || Date.now() >= until) return false;
    await pause(Math.min(1_000, until - Date.now()), signal);
  }
}

/** `Kind/ns/name deleted`, one a line, as events list them. */
export function changeSetText(
  changes: readonly { object: { kind: string; namespace?: string; name: string }; action: string }[],
): string {
  return changes.map((each) => `${subjectOf(each.object)} ${each.action}`).join("\n");
}
