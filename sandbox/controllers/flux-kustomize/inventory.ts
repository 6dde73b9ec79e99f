import type { InventoryEntry } from "./kustomization.ts";
import { compareResources, orderedOf } from "./resource-order.ts";
import type { Ordered } from "./resource-order.ts";
import type { Unstructured } from "../runtime/objects.ts";

/** An inventory entry taken apart. */
export interface InventoryObject extends Ordered {
  apiVersion: string;
}

/** The entry of an applied object: `<namespace>_<name>_<group>_<kind>`, `:` in names stored as `__`. */
export function entryOf(object: Unstructured): InventoryEntry {
  const { group, kind, namespace, name } = orderedOf(object);
  const v = object.apiVersion.split("/").at(-1) ?? "";
  return { id: `${namespace}_${name.replaceAll(":", "__")}_${group}_${kind}`, v };
}

/** Takes an entry apart; undefined when it is none. */
function objectOf(entry: InventoryEntry): InventoryObject | undefined {
  const found = /^([^_]*)_(.+)_([^_]*)_([^_]+)$/.exec(entry.id);
  if (found === null) return undefined;
  const [, namespace = "", name = "", group = "", kind = ""] = found;
  const apiVersion = group === "" ? entry.v : `${group}/${entry.v}`;
  return { apiVersion, group, kind, namespace, name: name.replaceAll("__", ":") };
}

/** What the old inventory has and the new one has not, in order of deletion; versions do not count. */
export function staleObjects(
  before: readonly InventoryEntry[],
  after: readonly InventoryEntry[],
): InventoryObject[] {
  const there = new Set(after.map((entry) => entry.id));
  return before
    .filter((entry) => !there.has(entry.id))
    .map(objectOf)
    .filter((object) => object !== undefined)
    .sort((a, b) => compareResources(b, a));
}
