import { clone, isObject } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";
import { schemaOfBuiltin } from "../apply/builtin-schema.ts";
import { deduced } from "../apply/field-schema.ts";
import type { FieldSchema } from "../apply/field-schema.ts";

/**
 * Strategic merge patch of a built-in kind: like a merge patch, but lists of objects with a known key merge item
 * by item and `$patch: delete|replace` is obeyed.
 */
export function strategicMerge(current: Json, patch: Json, kind: string): Json {
  return merge(current, patch, schemaOfBuiltin(kind));
}

const deleteFromList = "$deleteFromPrimitiveList/";

function merge(current: Json | undefined, patch: Json, schema: FieldSchema): Json {
  if (Array.isArray(patch)) return mergeList(Array.isArray(current) ? current : [], patch, schema);
  if (!isObject(patch)) return patch;
  if (patch["$patch"] === "replace") return without(patch);
  const result: JsonObject = isObject(current) ? { ...current } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith(deleteFromList)) {
      const gone = new Set(Array.isArray(value) ? value.map((item) => JSON.stringify(item)) : []);
      const field = name.slice(deleteFromList.length);
      const list = result[field];
      if (Array.isArray(list)) result[field] = list.filter((item) => !gone.has(JSON.stringify(item)));
    }
    if (name.startsWith("$") || value === undefined) continue;
    if (value === null) Reflect.deleteProperty(result, name);
    else result[name] = merge(result[name], value, schema.kind === "map" ? schema.member(name) : deduced);
  }
  return result;
}

function mergeList(current: Json[], patch: Json[], schema: FieldSchema): Json[] {
  if (schema.kind === "list-set") {
    // What the patch names comes first (recorded in patches).
    const named = new Set(patch.map((item) => JSON.stringify(item)));
    return [...patch, ...current.filter((item) => !named.has(JSON.stringify(item)))];
  }
  if (schema.kind !== "list-map" || !patch.every(isObject)) return clone(patch);
  const [key = ""] = schema.keys;
  const gone = new Set(patch.filter((item) => item["$patch"] === "delete").map((item) => item[key]));
  const kept = current.filter((item) => !(isObject(item) && gone.has(item[key])));
  const indexOf = (value: Json | undefined) =>
    kept.findIndex((item) => isObject(item) && item[key] === value);
  const patched = patch
    .filter((item) => item["$patch"] !== "delete")
    .map((item) => {
      const at = indexOf(item[key]);
      return { at, item: at < 0 ? without(item) : merge(kept[at], item, schema.item) };
    });
  return interleave(kept, patched);
}

/** Items of the patch keep their order and come before items of the server, unless those came before already. */
function interleave(kept: Json[], patched: { at: number; item: Json }[]): Json[] {
  const touched = new Set(patched.map(({ at }) => at));
  const rest = kept.map((item, at) => ({ at, item })).filter(({ at }) => !touched.has(at));
  const result: Json[] = [];
  for (const { at, item } of patched) {
    while (rest[0] && rest[0].at < at) result.push(...rest.splice(0, 1).map((one) => one.item));
    result.push(item);
  }
  return [...result, ...rest.map((one) => one.item)];
}

function without(patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(patch).filter(([name]) => !name.startsWith("$")));
}
