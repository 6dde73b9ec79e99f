import { z } from "zod";
import type { Condition } from "../runtime/conditions.ts";
import type { Unstructured } from "../runtime/objects.ts";

const condition = z.custom<Condition>((value) => typeof value === "object" && value !== null);

/** `status.artifact` of a Flux source. */
export const artifactSchema = z.looseObject({
  url: z.string(),
  path: z.string().default(""),
  revision: z.string(),
  digest: z.string().default(""),
  lastUpdateTime: z.string().default(""),
  size: z.number().optional(),
});

/** `status.artifact` of a Flux source. */
export type Artifact = z.infer<typeof artifactSchema>;

const specSchema = z.looseObject({
  url: z.string(),
  ref: z
    .looseObject({
      branch: z.string().optional(),
      tag: z.string().optional(),
      semver: z.string().optional(),
      name: z.string().optional(),
      commit: z.string().optional(),
    })
    .optional(),
  secretRef: z.looseObject({ name: z.string() }).optional(),
  interval: z.string().default("1m"),
  timeout: z.string().optional(),
  ignore: z.string().optional(),
  suspend: z.boolean().optional(),
});

const statusSchema = z.looseObject({
  observedGeneration: z.number().default(-1),
  conditions: z.array(condition).default([]),
  artifact: artifactSchema.optional(),
  lastHandledReconcileAt: z.string().optional(),
  observedIgnore: z.string().optional(),
});

/** What flux-source reads of a GitRepository (source.toolkit.fluxcd.io/v1). */
export interface GitRepository {
  object: Unstructured;
  spec: z.infer<typeof specSchema>;
  status: z.infer<typeof statusSchema>;
}

/** Which commit a GitRepository follows. */
export type GitReference = GitRepository["spec"]["ref"];

/** Reads a GitRepository loosely; throws a ZodError when spec lacks what Flux requires. */
export function parseGitRepository(object: Unstructured): GitRepository {
  return { object, spec: specSchema.parse(object.spec), status: statusSchema.parse(object.status ?? {}) };
}
