import type { Kind } from "../runtime/kind.ts";
import { pathOf } from "../runtime/kind.ts";
import type { KubeClient } from "../runtime/kube-client.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { FIELD_MANAGER } from "./field-manager.ts";

type FieldSet = { [field: string]: FieldSet };

interface ManagedFields {
  manager: string;
  operation: string;
  subresource?: string;
  apiVersion: string;
  fieldsType: string;
  fieldsV1?: FieldSet;
  [field: string]: unknown;
}

/**
 * Flux takes over what a `kubectl…` field manager put on an object it applies, so that the next apply removes it
 * (an emergency pause or annotation set by hand included). Answers the object as it is afterwards.
 */
export async function releaseKubectlFields(
  client: KubeClient,
  kind: Kind,
  live: Unstructured,
): Promise<Unstructured> {
  const managed = (live.metadata.managedFields ?? []) as ManagedFields[];
  const foreign = managed.filter(
    (each) => each.manager.startsWith("kubectl") && each.subresource === undefined,
  );
  if (foreign.length === 0) return live;
  const own = managed.find((each) => each.manager === FIELD_MANAGER && each.operation === "Apply");
  const fieldsV1 = [own, ...foreign].reduce<FieldSet>((all, each) => union(all, each?.fieldsV1 ?? {}), {});
  const taken: ManagedFields = {
    ...(own ?? { apiVersion: live.apiVersion, fieldsType: "FieldsV1" }),
    manager: FIELD_MANAGER,
    operation: "Apply",
    fieldsV1,
  };
  const others = managed.filter((each) => !foreign.includes(each) && each !== own);
  const body = [
    { op: "test", path: "/metadata/resourceVersion", value: live.metadata.resourceVersion },
    { op: "replace", path: "/metadata/managedFields", value: [taken, ...others] },
  ];
  const path = `${pathOf(kind, live.metadata.namespace, live.metadata.name)}?fieldManager=${FIELD_MANAGER}`;
  return (await client.raw({
    method: "PATCH",
    path,
    body,
    contentType: "application/json-patch+json",
  })) as Unstructured;
}

function union(a: FieldSet, b: FieldSet): FieldSet {
  const all: FieldSet = { ...a };
  for (const [key, value] of Object.entries(b)) all[key] = union(all[key] ?? {}, value);
  return all;
}
