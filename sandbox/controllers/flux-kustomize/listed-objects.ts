import { keyOf } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import type { ClusterAccess } from "./cluster-access.ts";
import { KUSTOMIZE_GROUP } from "./field-manager.ts";

/** From so many objects of a kind on, one list costs less than asking for each. */
const WORTH_A_LIST = 8;

/**
 * What is there of the objects a Kustomization is about to apply, by `listedKey`: read with one list per kind where it
 * has many. Objects it has not applied before, and kinds that cannot be listed, are left out.
 */
export async function listedObjects(
  access: ClusterAccess,
  objects: readonly Unstructured[],
): Promise<ReadonlyMap<string, Unstructured>> {
  const byKind = Map.groupBy(objects, ({ apiVersion, kind }) => `${apiVersion} ${kind}`);
  const many = [...byKind.values()].filter((each) => each.length >= WORTH_A_LIST);
  const lists = await Promise.all(many.map(([first]) => ownedLike(access, first).catch(() => [])));
  return new Map(lists.flat().map((object) => [listedKey(object), object]));
}

/** Names an object across kinds. */
export function listedKey(object: Unstructured): string {
  return `${object.apiVersion} ${object.kind} ${keyOf(object)}`;
}

async function ownedLike(access: ClusterAccess, first: Unstructured | undefined): Promise<Unstructured[]> {
  const labels = first?.metadata.labels;
  const owner = [`${KUSTOMIZE_GROUP}/name`, `${KUSTOMIZE_GROUP}/namespace`];
  if (first === undefined || labels === undefined) return [];
  const kind = await access.mapper.find(first.apiVersion, first.kind);
  const labelSelector = owner.map((label) => `${label}=${labels[label] ?? ""}`).join(",");
  return (await access.client.list(kind, { labelSelector })).items;
}
