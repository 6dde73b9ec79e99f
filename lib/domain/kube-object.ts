import { z } from "zod";
import { loose, looseNumber, looseString, looseStrings } from "./loose.ts";

const metadata = z.object({
  name: z.string(),
  namespace: z.string().default(""),
  uid: z.string().default(""),
  resourceVersion: looseString,
  generation: looseNumber,
  creationTimestamp: looseString,
  deletionTimestamp: looseString,
  labels: looseStrings.prefault({}),
  annotations: looseStrings.prefault({}),
});

const schema = z.object({
  apiVersion: z.string().default(""),
  kind: z.string().default(""),
  metadata,
  spec: z.unknown().optional(),
  status: z.unknown().optional(),
});

/** A Kubernetes object, read only as far as every kind agrees; spec and status belong to the kind's reader. */
export type KubeObject = z.infer<typeof schema>;

/** Null where the thing has no name, so is no object. Managed fields and all else we do not read are dropped. */
export function parseKubeObject(value: unknown): KubeObject | null {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** `namespace/name`, or the name alone for cluster-scoped objects. */
export function objectKey(object: Pick<KubeObject, "metadata">): string {
  const { namespace, name } = object.metadata;
  return namespace ? `${namespace}/${name}` : name;
}

export const objectRef = loose({
  apiVersion: looseString,
  apiGroup: looseString,
  kind: looseString,
  name: looseString,
  namespace: looseString,
});
export type ObjectRef = z.infer<typeof objectRef>;
