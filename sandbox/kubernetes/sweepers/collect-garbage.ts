import type { ApiCluster } from "../api-cluster.ts";
import { omit } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";
import type { Change, Stored } from "../store/object-store.ts";
import { deleteObject } from "../verbs/delete-object.ts";
import { storeChanged } from "../verbs/update-object.ts";
import { systemOptions, systemTarget } from "./system-target.ts";
import { WorkQueue } from "./work-queue.ts";

/** Where an object lies. */
interface Place {
  storeKey: string;
  namespace: string | undefined;
  name: string;
}

/**
 * Deletes objects whose owners are all gone, and works off the finalizers `orphan` and `foregroundDeletion`
 * (kubernetes.io/docs/concepts/architecture/garbage-collection).
 */
export function collectGarbage(cluster: ApiCluster): (change: Change) => void {
  const collector = new Collector(cluster);
  for (const storeKey of cluster.store.storeKeys()) {
    for (const stored of cluster.store.list(storeKey)) collector.note(storeKey, stored.object);
  }
  return (change) => {
    collector.see(change);
  };
}

class Collector {
  readonly #cluster: ApiCluster;
  readonly #places = new Map<string, Place>();
  readonly #dependents = new Map<string, Set<string>>();
  readonly #queue: WorkQueue;

  constructor(cluster: ApiCluster) {
    this.#cluster = cluster;
    this.#queue = new WorkQueue((uid) => {
      this.#work(uid);
    });
  }

  note(storeKey: string, object: KubeObject): void {
    const { uid, name, namespace, ownerReferences, deletionTimestamp, finalizers } = object.metadata;
    if (uid === undefined) return;
    if (!this.#places.has(uid)) this.#places.set(uid, { storeKey, namespace, name });
    for (const owner of ownerReferences ?? []) {
      let dependents = this.#dependents.get(owner.uid);
      if (!dependents) this.#dependents.set(owner.uid, (dependents = new Set()));
      dependents.add(uid);
    }
    const special = (finalizers ?? []).some((one) => one === "orphan" || one === "foregroundDeletion");
    if ((ownerReferences ?? []).length > 0 || (deletionTimestamp !== undefined && special))
      this.#queue.add(uid);
  }

  see(change: Change): void {
    const { object } = change.now;
    const { uid } = object.metadata;
    if (change.type !== "DELETED") {
      this.note(change.storeKey, object);
      return;
    }
    if (uid === undefined) return;
    this.#places.delete(uid);
    for (const dependent of this.#dependents.get(uid) ?? []) this.#queue.add(dependent);
    this.#dependents.delete(uid);
    for (const owner of object.metadata.ownerReferences ?? []) {
      this.#dependents.get(owner.uid)?.delete(uid);
      if (this.#places.has(owner.uid)) this.#queue.add(owner.uid);
    }
  }

  #stored(uid: string): { place: Place; stored: Stored } | undefined {
    const place = this.#places.get(uid);
    const stored = place && this.#cluster.store.get(place.storeKey, place.namespace, place.name);
    return place && stored?.object.metadata.uid === uid ? { place, stored } : undefined;
  }

  #work(uid: string): void {
    const found = this.#stored(uid);
    if (!found) return;
    const { metadata } = found.stored.object;
    if (metadata.deletionTimestamp !== undefined) {
      if (metadata.finalizers?.includes("orphan")) this.#orphan(uid);
      else if (metadata.finalizers?.includes("foregroundDeletion")) this.#foreground(uid);
      return;
    }
    const owners = metadata.ownerReferences ?? [];
    if (owners.length === 0) return;
    const living = owners.filter((owner) => this.#places.has(owner.uid));
    if (living.length === 0) this.#remove(found.place, found.stored);
    else if (living.length < owners.length)
      this.#change(uid, (object) => ({ ...object.metadata, ownerReferences: living }));
  }

  #orphan(uid: string): void {
    for (const dependent of [...(this.#dependents.get(uid) ?? [])]) {
      this.#change(dependent, ({ metadata }) => {
        const owners = (metadata.ownerReferences ?? []).filter((owner) => owner.uid !== uid);
        return owners.length > 0
          ? { ...metadata, ownerReferences: owners }
          : omit(metadata, "ownerReferences");
      });
    }
    this.#dependents.delete(uid);
    this.#dropFinalizer(uid, "orphan");
  }

  #foreground(uid: string): void {
    let blocked = false;
    for (const dependent of [...(this.#dependents.get(uid) ?? [])]) {
      const found = this.#stored(dependent);
      if (!found) continue;
      const { metadata } = found.stored.object;
      if (metadata.deletionTimestamp === undefined) this.#remove(found.place, found.stored, "Foreground");
      const owner = metadata.ownerReferences?.find((one) => one.uid === uid);
      if (owner?.blockOwnerDeletion === true && this.#stored(dependent)) blocked = true;
    }
    if (!blocked) this.#dropFinalizer(uid, "foregroundDeletion");
  }

  #dropFinalizer(uid: string, finalizer: string): void {
    this.#change(uid, ({ metadata }) => {
      const { finalizers, ...rest } = metadata;
      const others = (finalizers ?? []).filter((one) => one !== finalizer);
      return others.length > 0 ? { ...rest, finalizers: others } : rest;
    });
  }

  #change(uid: string, metadata: (object: KubeObject) => KubeObject["metadata"]): void {
    const found = this.#stored(uid);
    const kind = found && this.#cluster.kinds.findByStoreKey(found.place.storeKey);
    const target = kind && systemTarget(this.#cluster, kind, "generic-garbage-collector");
    if (!found || !target) return;
    const { object } = found.stored;
    const next: KubeObject = { ...object, metadata: metadata(object) };
    storeChanged(next, found.stored, target, systemOptions("kube-controller-manager"));
  }

  #remove(place: Place, stored: Stored, propagation = "Background"): void {
    const kind = this.#cluster.kinds.findByStoreKey(place.storeKey);
    const target = kind && systemTarget(this.#cluster, kind, "generic-garbage-collector");
    if (!target) return;
    const options = { dryRun: false, propagation, uid: undefined, resourceVersion: undefined };
    deleteObject(stored, target, { ...options, warn: () => undefined });
  }
}
