import { isObject, objectOf } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";

/** Members every object has, whatever its schema says. */
const rootMembers = new Set(["apiVersion", "kind", "metadata"]);

/**
 * Removes members a structural schema does not know, in place, and names them; whatever lies below
 * `x-kubernetes-preserve-unknown-fields` stays.
 */
export function pruneUnknown(object: JsonObject, schema: JsonObject): string[] {
  const found: string[] = [];
  prune(object, schema, "", found, true);
  return found;
}

function prune(
  value: Json | undefined,
  schema: JsonObject,
  path: string,
  found: string[],
  root: boolean,
): void {
  if (Array.isArray(value)) {
    const items = schema["items"];
    if (!isObject(items)) return;
    value.forEach((item, i) => {
      prune(item, items, `${path}[${String(i)}]`, found, false);
    });
    return;
  }
  if (!isObject(value)) return;
  const embedded = root || schema["x-kubernetes-embedded-resource"] === true;
  const properties = objectOf(schema["properties"]);
  const others = schema["additionalProperties"];
  const keep = schema["x-kubernetes-preserve-unknown-fields"] === true || others === true;
  for (const name of Object.keys(value)) {
    if (embedded && rootMembers.has(name)) continue;
    const at = path === "" ? name : `${path}.${name}`;
    const property = properties[name];
    if (isObject(property)) prune(value[name], property, at, found, false);
    else if (isObject(others)) prune(value[name], others, at, found, false);
    else if (!keep) {
      Reflect.deleteProperty(value, name);
      found.push(at);
    }
  }
}
