import { z } from "zod";
import { parseGoDuration } from "../flux/go-duration.ts";
import type { Condition } from "../runtime/conditions.ts";
import type { Unstructured } from "../runtime/objects.ts";

const condition = z.custom<Condition>((value) => typeof value === "object" && value !== null);
const named = z.looseObject({ name: z.string() });
const records = z.array(z.record(z.string(), z.unknown()));

const specSchema = z.looseObject({
  path: z.string().default("./"),
  interval: z.string().default("10m"),
  retryInterval: z.string().optional(),
  timeout: z.string().optional(),
  prune: z.boolean().default(false),
  force: z.boolean().default(false),
  suspend: z.boolean().default(false),
  wait: z.boolean().default(false),
  deletionPolicy: z.string().default("MirrorPrune"),
  sourceRef: z.looseObject({ kind: z.string(), name: z.string(), namespace: z.string().optional() }),
  dependsOn: z
    .array(
      z.looseObject({ name: z.string(), namespace: z.string().optional(), readyExpr: z.string().optional() }),
    )
    .default([]),
  postBuild: z
    .looseObject({
      substitute: z.record(z.string(), z.string()).optional(),
      substituteFrom: z
        .array(z.looseObject({ kind: z.string(), name: z.string(), optional: z.boolean().optional() }))
        .optional(),
    })
    .optional(),
  healthChecks: z
    .array(
      z.looseObject({
        apiVersion: z.string().optional(),
        kind: z.string(),
        name: z.string(),
        namespace: z.string().optional(),
      }),
    )
    .default([]),
  healthCheckExprs: z
    .array(
      z.looseObject({
        apiVersion: z.string(),
        kind: z.string(),
        inProgress: z.string().optional(),
        failed: z.string().optional(),
        current: z.string(),
      }),
    )
    .default([]),
  kubeConfig: z
    .looseObject({ secretRef: z.looseObject({ name: z.string(), key: z.string().optional() }).optional() })
    .optional(),
  decryption: z.looseObject({ provider: z.string(), secretRef: named.optional() }).optional(),
  targetNamespace: z.string().optional(),
  namePrefix: z.string().optional(),
  nameSuffix: z.string().optional(),
  commonMetadata: z
    .looseObject({
      labels: z.record(z.string(), z.string()).optional(),
      annotations: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  patches: records.optional(),
  images: records.optional(),
  components: z.array(z.string()).optional(),
});

const inventoryEntry = z.looseObject({ id: z.string(), v: z.string() });

const historyEntry = z.looseObject({
  digest: z.string(),
  firstReconciled: z.string(),
  lastReconciled: z.string(),
  lastReconciledDuration: z.string(),
  lastReconciledStatus: z.string(),
  totalReconciliations: z.number(),
  metadata: z.record(z.string(), z.string()).optional(),
});

const statusSchema = z.looseObject({
  observedGeneration: z.number().default(-1),
  conditions: z.array(condition).default([]),
  inventory: z.looseObject({ entries: z.array(inventoryEntry).default([]) }).optional(),
  history: z.array(historyEntry).optional(),
  lastAppliedRevision: z.string().optional(),
  lastAttemptedRevision: z.string().optional(),
  lastHandledReconcileAt: z.string().optional(),
});

/** Spec of a Kustomization with defaults filled in. */
export type KustomizationSpec = z.infer<typeof specSchema>;

/** One entry of `status.inventory`. */
export type InventoryEntry = z.infer<typeof inventoryEntry>;

/** One entry of `status.history`. */
export type HistoryEntry = z.infer<typeof historyEntry>;

/** What flux-kustomize reads of a Kustomization (kustomize.toolkit.fluxcd.io/v1). */
export interface Kustomization {
  object: Unstructured;
  name: string;
  namespace: string;
  spec: KustomizationSpec;
  status: z.infer<typeof statusSchema>;
  intervalMs: number;
  retryIntervalMs: number;
  /** Default: interval − 30 s, at least 30 s. */
  timeoutMs: number;
}

/** Reads a Kustomization loosely; throws a ZodError when spec lacks what Flux requires. */
export function parseKustomization(object: Unstructured): Kustomization {
  const spec = specSchema.parse(object.spec);
  const intervalMs = parseGoDuration(spec.interval) ?? 600_000;
  return {
    object,
    name: object.metadata.name,
    namespace: object.metadata.namespace ?? "",
    spec,
    status: statusSchema.parse(object.status ?? {}),
    intervalMs,
    retryIntervalMs: parseGoDuration(spec.retryInterval) ?? intervalMs,
    timeoutMs: parseGoDuration(spec.timeout) ?? Math.max(intervalMs - 30_000, 30_000),
  };
}
