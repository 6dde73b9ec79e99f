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

function merge(current: Json | undefined, patch: Json, schema: FieldSchema): Json {
  if (Array.isArray(patch)) return mergeList(Array.isArray(current) ? current : [], patch, schema);
  if (!isObject(patch)) return patch;
  if (patch["$patch"] === "replace") return without(patch);
  const result: JsonObject = isObject(current) ? { ...current } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith("$") || value === undefined) continue;
    if (value === null) Reflect.deleteProperty(result, name);
    else result[name] = merge(result[name], value, schema.kind === "map" ? schema.member(name) : deduced);
  }
  return result;
}

function mergeList(current: Json[], patch: Json[], schema: FieldSchema): Json[] {
  if (schema.kind === "list-set") {
    const known = new Set(current.map((item) => JSON.stringify(item)));
    return [...current, ...patch.filter((item) => !known.has(JSON.stringify(item)))];
  }
  if (schema.kind !== "list-map" || !patch.every(isObject)) return clone(patch);
  const [key = ""] = schema.keys;
  const result = [...current];
  for (const item of patch) {
    const at = result.findIndex((one) => isObject(one) && one[key] === item[key]);
    if (item["$patch"] === "delete") {
      if (at >= 0) result.splice(at, 1);
    } else if (at < 0) result.push(without(item));
    else result[at] = merge(result[at], item, schema.item);
  }
  return result;
}

function without(patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(patch).filter(([name]) => !name.startsWith("$")));
}
