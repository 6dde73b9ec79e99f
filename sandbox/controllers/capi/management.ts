import type { Durations, Connection } from "../../contracts.ts";
import { isNotFound } from "../runtime/api-error.ts";
import { EventRecorder } from "../runtime/event-recorder.ts";
import type { Informer } from "../runtime/informer.ts";
import { Informers } from "../runtime/informers.ts";
import type { Kind } from "../runtime/kind.ts";
import { apiVersionOf } from "../runtime/kind.ts";
import { KubeClient } from "../runtime/kube-client.ts";
import type { ObjectMeta, Unstructured } from "../runtime/objects.ts";
import { demoDurations } from "./durations.ts";
import { CLUSTER_NAME_LABEL } from "./kinds.ts";
import { mergePatch } from "./merge-patch.ts";
import { recordAt, textAt } from "./read.ts";

type Json = Record<string, unknown>;

const BY_CLUSTER = "cluster";

/** A watch that lags longer than this is broken; going on then costs at most a 409. */
const CACHE_WAIT_MS = 2_000;

/** How a controller is started. */
export interface ControllerSettings {
  /** Read at each step, so that seeding can be quicker than later life. */
  durations?: () => Durations;
}

/** The management cluster as one controller process sees it: client, caches, and the few ways it writes. */
export class Management {
  readonly client: KubeClient;
  readonly informers: Informers;
  readonly events: EventRecorder;
  readonly durations: () => Durations;
  readonly #indexed = new Set<Informer>();

  constructor(connection: Connection, fieldManager: string, settings: ControllerSettings = {}) {
    this.client = new KubeClient(connection, { fieldManager });
    this.informers = new Informers(this.client);
    this.events = new EventRecorder(this.client, fieldManager);
    this.durations = settings.durations ?? (() => demoDurations);
  }

  /** One cached object. */
  get(kind: Kind, name: string, namespace?: string): Unstructured | undefined {
    return this.informers.of(kind).get(name, namespace);
  }

  /** The cached objects of a kind that belong to a Cluster, by label or `spec.clusterName`. */
  ofCluster(kind: Kind, namespace: string, cluster: string): Unstructured[] {
    const informer = this.informers.of(kind);
    if (!this.#indexed.has(informer)) {
      this.#indexed.add(informer);
      informer.addIndex(BY_CLUSTER, (object) => {
        const name = clusterNameOf(object);
        return name === undefined ? [] : [`${object.metadata.namespace ?? ""}/${name}`];
      });
    }
    return informer
      .byIndex(BY_CLUSTER, `${namespace}/${cluster}`)
      .sort((a, b) => a.metadata.name.localeCompare(b.metadata.name));
  }

  /** Writes the difference between two states of an object's status, if there is one. */
  async writeStatus(kind: Kind, object: Unstructured, status: Json): Promise<void> {
    const patch = mergePatch(recordAt(object, "status"), status);
    if (patch === undefined) return;
    await this.client.patchStatus(kind, object.metadata.name, object.metadata.namespace, { status: patch });
  }

  /** Writes the difference between an object and a changed copy, status left out. */
  async writeObject(kind: Kind, object: Unstructured, changed: Unstructured): Promise<Unstructured> {
    const patch = mergePatch({ ...object, status: undefined }, { ...changed, status: undefined });
    if (patch === undefined) return object;
    return this.client.patch(kind, object.metadata.name, object.metadata.namespace, patch);
  }

  /** Adds a finalizer, labels or owner references that are not there yet. */
  async ensureMetadata(kind: Kind, object: Unstructured, wanted: MetadataWanted): Promise<Unstructured> {
    return this.writeObject(kind, object, { ...object, metadata: metadataWith(object.metadata, wanted) });
  }

  /** Takes a finalizer off; nothing when it, or the object, is gone. */
  async removeFinalizer(kind: Kind, object: Unstructured, finalizer: string): Promise<void> {
    const finalizers = object.metadata.finalizers ?? [];
    if (!finalizers.includes(finalizer)) return;
    const { name, namespace, resourceVersion } = object.metadata;
    const left = finalizers.filter((each) => each !== finalizer);
    try {
      await this.client.patch(kind, name, namespace, { metadata: { finalizers: left, resourceVersion } });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  /** Deletes an object unless that was asked already. */
  async remove(kind: Kind, object: Unstructured): Promise<void> {
    if (object.metadata.deletionTimestamp !== undefined) return;
    const { name, namespace, uid } = object.metadata;
    await this.client.delete(kind, name, namespace, { uid });
  }

  /**
   * Creates an object and waits until the cache knows it, so that the next look does not create it again.
   * A 409 passes through: the cache was behind.
   */
  async create(kind: Kind, object: { metadata: ObjectMeta } & Json): Promise<Unstructured> {
    const made = await this.client.create(kind, {
      ...object,
      apiVersion: apiVersionOf(kind),
      kind: kind.kind,
    });
    await this.#cached(kind, made);
    return made;
  }

  /** Ends caches and connections. */
  async close(): Promise<void> {
    await this.informers.close();
    await this.events.flush();
    await this.client.close();
  }

  async #cached(kind: Kind, made: Unstructured): Promise<void> {
    const arrived = Promise.withResolvers<undefined>();
    const stop = this.informers.of(kind).onChange(({ object }) => {
      if (object.metadata.uid === made.metadata.uid) arrived.resolve(undefined);
    });
    const timer = setTimeout(() => {
      arrived.resolve(undefined);
    }, CACHE_WAIT_MS);
    await arrived.promise;
    clearTimeout(timer);
    stop();
  }
}

/** What `ensureMetadata` adds. */
export interface MetadataWanted {
  finalizer?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  owner?: {
    apiVersion: string;
    kind: string;
    name: string;
    uid: string;
    controller?: boolean;
    blockOwnerDeletion?: boolean;
  };
}

function metadataWith(metadata: ObjectMeta, wanted: MetadataWanted): ObjectMeta {
  const next: ObjectMeta = { ...metadata };
  if (wanted.labels !== undefined) next.labels = { ...metadata.labels, ...wanted.labels };
  if (wanted.annotations !== undefined) next.annotations = { ...metadata.annotations, ...wanted.annotations };
  const finalizers = metadata.finalizers ?? [];
  if (wanted.finalizer !== undefined && !finalizers.includes(wanted.finalizer))
    next.finalizers = [...finalizers, wanted.finalizer];
  const owners = metadata.ownerReferences ?? [];
  if (wanted.owner !== undefined && !owners.some((each) => each.uid === wanted.owner?.uid))
    next.ownerReferences = [...owners, wanted.owner];
  return next;
}

/** The Cluster an object belongs to: its label, else `spec.clusterName`. */
export function clusterNameOf(object: Unstructured): string | undefined {
  return object.metadata.labels?.[CLUSTER_NAME_LABEL] ?? textAt(object, "spec", "clusterName");
}
