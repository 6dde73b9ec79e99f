import { REQUESTED_AT } from "../flux/flux-kinds.ts";
import type { Informer } from "../runtime/informer.ts";
import { keyOf, parseKey } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";

/** Ranks of the work queue, the lower the sooner. */
const URGENT = 0;
const LOCAL = 1;
const REMOTE = 2;

interface Spec {
  kubeConfig?: unknown;
  dependsOn?: { name: string; namespace?: string }[];
}

interface Status {
  observedGeneration?: number;
  lastAppliedRevision?: string;
  lastHandledReconcileAt?: string;
  inventory?: { entries?: { id: string }[] };
}

const APPLIES_KUSTOMIZATIONS = "_kustomize.toolkit.fluxcd.io_Kustomization";

/** Names the index of Kustomizations by what they depend on. */
export const DEPENDENTS = "dependents";

/** The index of `DEPENDENTS`: keys of the Kustomizations that must be Ready before this one. */
export function dependenciesOf(object: Unstructured): string[] {
  const { dependsOn = [] } = specOf(object);
  const own = object.metadata.namespace;
  return dependsOn.map(({ name, namespace = own }) => keyOf({ metadata: { name, namespace } }));
}

/**
 * Which Kustomizations go first when one commit concerns them all: those that somebody waits for (new, changed,
 * requested, or bringing further Kustomizations), then what is applied here, then what is applied elsewhere.
 */
export function rankOf(kustomizations: Informer, key: string): number {
  const { name, namespace } = parseKey(key);
  const object = kustomizations.get(name, namespace);
  if (object === undefined || isAwaited(object) || isStage(kustomizations, object)) return URGENT;
  return isRemote(object) ? REMOTE : LOCAL;
}

function isAwaited(object: Unstructured): boolean {
  const { generation, deletionTimestamp, annotations } = object.metadata;
  const status = statusOf(object);
  return (
    deletionTimestamp !== undefined ||
    status.lastAppliedRevision === undefined ||
    status.observedGeneration !== generation ||
    annotations?.[REQUESTED_AT] !== status.lastHandledReconcileAt
  );
}

/** Whether it, or one that waits for it, applies Kustomizations to this cluster. */
function isStage(kustomizations: Informer, object: Unstructured, seen = new Set<string>()): boolean {
  const key = keyOf(object);
  if (isRemote(object) || seen.has(key)) return false;
  seen.add(key);
  const entries = statusOf(object).inventory?.entries ?? [];
  if (entries.some(({ id }) => id.endsWith(APPLIES_KUSTOMIZATIONS))) return true;
  return kustomizations.byIndex(DEPENDENTS, key).some((each) => isStage(kustomizations, each, seen));
}

function isRemote(object: Unstructured): boolean {
  return specOf(object).kubeConfig !== undefined;
}

function specOf(object: Unstructured): Spec {
  return object.spec ?? {};
}

function statusOf(object: Unstructured): Status {
  return object.status ?? {};
}
