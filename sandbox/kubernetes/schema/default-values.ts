import { clone, isObject, objectOf } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";

/**
 * Fills in `default` of a structural schema, in place; a null where the schema forbids null is dropped first
 * where a default exists, and dropped altogether otherwise (recorded: null for a field that is not nullable).
 */
export function applyDefaults(value: Json | undefined, schema: JsonObject, nulls: "drop" | "keep"): void {
  if (Array.isArray(value)) {
    const items = objectOf(schema["items"]);
    for (const item of value) applyDefaults(item, items, nulls);
    return;
  }
  if (!isObject(value)) return;
  const properties = objectOf(schema["properties"]);
  for (const [name, property] of Object.entries(properties)) {
    if (!isObject(property)) continue;
    const fallback = property["default"];
    if (nulls === "drop" && value[name] === null && property["nullable"] !== true)
      Reflect.deleteProperty(value, name);
    if (value[name] === undefined && fallback !== undefined) value[name] = clone(fallback);
    applyDefaults(value[name], property, nulls);
  }
  const others = schema["additionalProperties"];
  if (!isObject(others)) return;
  for (const [name, member] of Object.entries(value)) {
    if (properties[name] === undefined) applyDefaults(member, others, nulls);
  }
}
