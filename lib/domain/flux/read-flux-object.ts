import { z } from "zod";
import { findCondition, readConditions, type Condition } from "../conditions.ts";
import type { KubeObject } from "../kube-object.ts";
import { loose, looseBoolean, looseList, looseNumber, looseString } from "../loose.ts";
import { parseGoDuration } from "../time.ts";
import { fluxDetails, type FluxDetail } from "./flux-details.ts";
import { shaOfRevision } from "./revision.ts";

const ref = loose({ kind: looseString, name: looseString, namespace: looseString });

const specSchema = loose({
  suspend: looseBoolean,
  interval: looseString,
  timeout: looseString,
  path: looseString,
  type: looseString,
  deletionPolicy: looseString,
  kubeConfig: z.unknown().optional(),
  sourceRef: ref,
  chartRef: ref,
  chart: loose({ spec: loose({ sourceRef: ref }) }),
  dependsOn: looseList(loose({ name: looseString, namespace: looseString })),
});

const statusSchema = loose({
  conditions: z.unknown().optional(),
  observedGeneration: looseNumber,
  lastAppliedRevision: looseString,
  lastAppliedOriginRevision: looseString,
  lastAttemptedRevision: looseString,
  lastHandledReconcileAt: looseString,
  artifact: loose({ revision: looseString }),
  history: looseList(loose({ chartVersion: looseString, lastReconciled: looseString })),
  inventory: loose({ entries: looseList(loose({ id: looseString })) }),
});

/** What we read of a Flux object, before it is judged. */
export interface FluxObjectFacts {
  kind: string;
  apiVersion: string;
  namespace: string;
  name: string;
  uid: string;
  /** Label `fleetwright.dev/role`: capi | flux | flux-config. */
  role: string | null;
  /** Label `fleetwright.dev/cluster`. */
  clusterLabel: string | null;
  generation: number;
  observedGeneration: number | null;
  createdAt: string | null;
  deletingSince: string | null;
  suspended: boolean;
  /** False for kinds that never write a status (Alert, Provider, HelmRepository of type oci). */
  conditionsKnown: boolean;
  ready: Condition | null;
  /** Start of the work under way. */
  reconcilingSince: string | null;
  stalled: boolean;
  path: string | null;
  source: { kind: string; namespace: string; name: string } | null;
  /** `namespace/name` of the same kind. */
  dependsOn: string[];
  /** Applied revision of a Kustomization or HelmRelease, artifact revision of a source. */
  revision: string | null;
  attemptedRevision: string | null;
  sha: string | null;
  intervalSeconds: number | null;
  timeoutSeconds: number;
  /** Applied to another API server than the one it lives on. */
  remote: boolean;
  orphans: boolean;
  /** `<ns>_<name>_<group>_<kind>` of what it applied. */
  inventory: string[];
  details: FluxDetail[];
  /** The newest demand to reconcile, an opaque text; it is met once `handledAt` is the same. */
  requestedAt: string | null;
  handledAt: string | null;
}

const statusless = new Set(["Alert", "Provider"]);

/** Never throws: what is missing reads as null. */
export function readFluxObject(object: KubeObject): FluxObjectFacts {
  const spec = specSchema.parse(object.spec);
  const status = statusSchema.parse(object.status);
  const { metadata, kind } = object;
  const conditions = readConditions(status.conditions);
  const ready = findCondition(conditions, "Ready");
  const reconciling = findCondition(conditions, "Reconciling");
  const intervalSeconds = parseGoDuration(spec.interval);
  const revision = revisionOf(kind, status);
  return {
    kind,
    apiVersion: object.apiVersion,
    namespace: metadata.namespace,
    name: metadata.name,
    uid: metadata.uid,
    role: metadata.labels["fleetwright.dev/role"] ?? null,
    clusterLabel: metadata.labels["fleetwright.dev/cluster"] ?? null,
    generation: metadata.generation ?? 0,
    observedGeneration: status.observedGeneration ?? null,
    createdAt: metadata.creationTimestamp ?? null,
    deletingSince: metadata.deletionTimestamp ?? null,
    suspended: spec.suspend ?? false,
    conditionsKnown: !statusless.has(kind) && !(kind === "HelmRepository" && spec.type === "oci"),
    ready,
    reconcilingSince: workSince(ready, reconciling),
    stalled: findCondition(conditions, "Stalled")?.status === "True",
    path: spec.path ?? null,
    source: sourceOf(spec, metadata.namespace),
    dependsOn: spec.dependsOn.flatMap(({ name, namespace }) =>
      name === undefined ? [] : [`${namespace ?? metadata.namespace}/${name}`],
    ),
    revision,
    attemptedRevision: status.lastAttemptedRevision ?? revision,
    sha: shaOfRevision(status.lastAppliedOriginRevision ?? revision),
    intervalSeconds,
    timeoutSeconds: parseGoDuration(spec.timeout) ?? Math.max(30, (intervalSeconds ?? 90) - 30),
    remote: spec.kubeConfig !== undefined && spec.kubeConfig !== null,
    orphans: spec.deletionPolicy === "Orphan",
    inventory: status.inventory.entries.flatMap(({ id }) => (id === undefined ? [] : [id])),
    details: fluxDetails(kind, object),
    requestedAt: metadata.annotations["reconcile.fluxcd.io/requestedAt"] ?? null,
    handledAt: status.lastHandledReconcileAt ?? null,
  };
}

/** A failing object keeps Reconciling=True (ProgressingWithRetry) while it waits: that is no work under way. */
function workSince(ready: Condition | null, reconciling: Condition | null): string | null {
  if (ready?.status === "Unknown") return ready.since ?? reconciling?.since ?? null;
  return reconciling?.status === "True" ? reconciling.since : null;
}

function revisionOf(kind: string, status: z.infer<typeof statusSchema>): string | null {
  if (kind === "Kustomization") return status.lastAppliedRevision ?? null;
  if (kind === "HelmRelease") return status.history[0]?.chartVersion ?? status.lastAppliedRevision ?? null;
  return status.artifact.revision ?? null;
}

function sourceOf(spec: z.infer<typeof specSchema>, namespace: string): FluxObjectFacts["source"] {
  const found = [spec.sourceRef, spec.chartRef, spec.chart.spec.sourceRef].find(
    (one) => one.name !== undefined,
  );
  if (found?.name === undefined || found.kind === undefined) return null;
  return { kind: found.kind, namespace: found.namespace ?? namespace, name: found.name };
}
